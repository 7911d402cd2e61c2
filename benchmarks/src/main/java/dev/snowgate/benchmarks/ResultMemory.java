package dev.snowgate.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/**
 * What the gateway's process holds while large masked results pass: one gigabyte to one client, one chunk after the other and four
 * at a time; fifty megabytes to each of fifty clients at once; and fifty clients that stop reading. Its heap ends 64 MiB above what
 * the started and warmed process holds, and its direct memory at 64 MiB: it would end with them, and the benchmark with it.
 */
public final class ResultMemory {
    private static final Duration MOST = Duration.ofSeconds(175);
    private static final Duration MOST_PER_PART = Duration.ofSeconds(Integer.getInteger("snowgate.bench.seconds", 40));
    private static final Duration BETWEEN_COLLECTIONS = Duration.ofSeconds(2);
    private static final Duration STOPPED = Duration.ofSeconds(4);
    private static final int HEAP_MEBIBYTES = Integer.getInteger("snowgate.bench.heap", 120);
    private static final int DIRECT_MEBIBYTES = 64;
    private static final String ENCODING = System.getProperty("snowgate.bench.encoding", "gzip");
    private static final int CLIENTS = 50;
    private static final int PARALLEL = 4;
    private static final long ONE_RESULT = 1_000_000_000L;
    private static final long EACH_RESULT = 50_000_000L;
    private static final long CHUNK = 16_000_000L;
    private static final int CUSTOMERS = 100_000;

    private ResultMemory() {}

    /** Prints the table. */
    public static void main(String[] arguments) {
        Deadline.during(MOST, ResultMemory::run);
    }

    private static void run() throws Exception {
        try (BenchedGateway gateway = BenchedGateway.start(
                options ->
                        options.seed(CUSTOMERS, 2_000, 200).inlineBytes(20_000).chunkBytes(CHUNK, CHUNK),
                List.of(
                        "-Xmx" + HEAP_MEBIBYTES + "m",
                        "-XX:MaxDirectMemorySize=" + DIRECT_MEBIBYTES + "m",
                        "-XX:+ExitOnOutOfMemoryError"))) {
            JsonNode made = gateway.askEmulator(BenchedGateway.EVERYTHING);
            gateway.chunks().keep(made);
            warmUp(gateway, made);
            long live = gateway.process().collect().get(MemoryReading.HEAP_LIVE);
            head(live);
            gateway.chunks().grow(ONE_RESULT);
            ChunkList one =
                    ChunkList.of(gateway.logIn(0).ask(BenchedGateway.SOME)).ofAtLeast(ONE_RESULT);
            part("1 GB to one client, one chunk after the other", gateway, live, List.of(one), 1);
            part("1 GB to one client, 4 chunks at a time", gateway, live, List.of(one), PARALLEL);
            gateway.chunks().grow(EACH_RESULT);
            List<ChunkList> each = results(gateway);
            part("50 MB to each of 50 clients at once", gateway, live, each, 1);
            stopped("50 clients that stop after the first byte", gateway, live, each);
        }
    }

    private static void head(long live) {
        System.out.printf(
                Locale.ROOT,
                "%nHeap of %d MiB, of which %.0f MiB are live after the warm-up; direct memory of at most %d MiB;"
                        + " clients accept %s%n",
                HEAP_MEBIBYTES,
                mebibytes(live),
                DIRECT_MEBIBYTES,
                ENCODING);
        System.out.println("| work | MB of rows | MB/s | heap growth, live MiB | with garbage MiB | direct MiB"
                + " | whole process MiB | first byte p99 ms | told to retry |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    }

    /** Loads classes and compiles what is hot, so that the start is that of a gateway at work; and proves that masks are on. */
    private static void warmUp(BenchedGateway gateway, JsonNode made) throws IOException {
        gateway.chunks().grow(CHUNK * PARALLEL);
        DriverClient client = gateway.logIn(0);
        ChunkList chunks = ChunkList.of(client.ask(BenchedGateway.SOME));
        ChunkList raw = ChunkList.of(made);
        byte[] secret = name(ChunkReader.whole(raw.urls().getFirst(), raw.headers()));
        byte[] masked = ChunkReader.whole(chunks.urls().getFirst(), chunks.headers());
        if (new String(masked, StandardCharsets.ISO_8859_1).contains(new String(secret, StandardCharsets.ISO_8859_1))) {
            throw new IllegalStateException("a name came through");
        }
        try (Downloads downloads = new Downloads(ENCODING)) {
            downloads.each(chunks, PARALLEL, MOST_PER_PART);
            downloads.await();
        }
    }

    /** The second cell of the first row: a person's name. */
    private static byte[] name(byte[] rows) {
        String text = new String(rows, 0, Math.min(rows.length, 4096), StandardCharsets.ISO_8859_1);
        return text.split("\"")[3].getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<ChunkList> results(BenchedGateway gateway) throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<ChunkList>> asked = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                asked.add(
                        threads.submit(() -> ChunkList.of(gateway.logIn(client).ask(BenchedGateway.SOME))
                                .ofAtLeast(EACH_RESULT)));
            }
            List<ChunkList> results = new ArrayList<>();
            for (Future<ChunkList> one : asked) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client failed", e.getCause());
        }
    }

    private static void part(String name, BenchedGateway gateway, long before, List<ChunkList> results, int parallel) {
        gateway.process().collect();
        gateway.process().reset();
        long live = 0;
        Downloads.Sum sum;
        try (Downloads downloads = new Downloads(ENCODING)) {
            results.forEach(result -> downloads.each(result, parallel, MOST_PER_PART));
            while (downloads.running()) {
                LockSupport.parkNanos(BETWEEN_COLLECTIONS.toNanos());
                live = Math.max(live, gateway.process().collect().get(MemoryReading.HEAP_LIVE));
            }
            sum = downloads.await();
        }
        row(
                name,
                String.format(Locale.ROOT, "%.0f | %.0f", sum.plainBytes() / 1e6, sum.megabytesPerSecond()),
                gateway.process().reading(),
                live - before,
                before,
                String.format(Locale.ROOT, "%.0f | %d", sum.firstByte().millis(0.99), sum.retries()));
    }

    private static void stopped(String name, BenchedGateway gateway, long before, List<ChunkList> results)
            throws IOException {
        gateway.process().collect();
        gateway.process().reset();
        List<InputStream> open = new ArrayList<>();
        try {
            for (ChunkList result : results) {
                open.add(new ChunkReader(ENCODING).begin(result.urls().getFirst(), result.headers()));
            }
            LockSupport.parkNanos(STOPPED.toNanos());
            long live = gateway.process().collect().get(MemoryReading.HEAP_LIVE);
            row(name, "– | –", gateway.process().reading(), live - before, before, "– | –");
        } finally {
            for (InputStream body : open) {
                body.close();
            }
        }
    }

    private static void row(
            String name, String work, MemoryReading peaks, long liveGrowth, long before, String answers) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.0f | %.0f | %.0f | %.0f | %s |%n",
                name,
                work,
                mebibytes(liveGrowth),
                mebibytes(peaks.get(MemoryReading.HEAP_PEAK) - before),
                mebibytes(Math.max(peaks.get(MemoryReading.DIRECT_PEAK), peaks.get(MemoryReading.NETTY_PEAK))),
                mebibytes(peaks.get(MemoryReading.RESIDENT_PEAK)),
                answers);
    }

    private static double mebibytes(long bytes) {
        return bytes / 1048576.0;
    }
}

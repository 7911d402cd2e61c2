package dev.snowgate.benchmarks;

import java.io.IOException;
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
 * at a time, and fifty megabytes to each of fifty clients at once. The heap is bounded; the figures are growth beyond what the
 * started and warmed process holds.
 */
public final class ResultMemory {
    private static final Duration MOST = Duration.ofSeconds(175);
    private static final Duration MOST_PER_PART = Duration.ofSeconds(45);
    private static final int HEAP_MEGABYTES = Integer.getInteger("snowgate.bench.heap", 256);
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
                options -> options.seed(CUSTOMERS, 2_000, 200)
                        .inlineBytes(20_000)
                        .chunkBytes(CHUNK, CHUNK),
                List.of("-Xmx" + HEAP_MEGABYTES + "m", "-XX:+ExitOnOutOfMemoryError"))) {
            JsonNode made = gateway.askEmulator(BenchedGateway.EVERYTHING);
            gateway.chunks().keep(made);
            warmUp(gateway, made);
            MemoryReading start = gateway.process().collect();
            gateway.process().reset();
            System.out.printf(
                    Locale.ROOT,
                    "%nHeap bounded to %d MiB, %.0f MiB of it live at the start; growth beyond that in MiB%n",
                    HEAP_MEGABYTES,
                    start.mebibytes(MemoryReading.HEAP_LIVE));
            System.out.println("| work | MB of rows | MB/s | heap live | heap after collections | heap with garbage"
                    + " | direct (JDK) | direct (Netty) | process, all | first byte p99 ms | told to retry |");
            System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
            gateway.chunks().grow(ONE_RESULT);
            ChunkList one = ChunkList.of(gateway.logIn(0).ask(BenchedGateway.SOME));
            part("1 GB to one client, one chunk after the other", gateway, start, List.of(one), 1);
            part("1 GB to one client, 4 chunks at a time", gateway, start, List.of(one), PARALLEL);
            gateway.chunks().grow(EACH_RESULT);
            part("50 MB to each of 50 clients at once", gateway, start, results(gateway), 1);
        }
    }

    /** Loads classes and compiles what is hot, so that the start is that of a gateway at work; and proves that masks are on. */
    private static void warmUp(BenchedGateway gateway, JsonNode made) throws IOException {
        gateway.chunks().grow(CHUNK * PARALLEL);
        DriverClient client = gateway.logIn(0);
        ChunkList chunks = ChunkList.of(client.ask(BenchedGateway.SOME));
        ChunkList raw = ChunkList.of(made);
        byte[] secret = name(ChunkReader.whole(raw.urls().getFirst(), raw.headers()));
        byte[] masked = ChunkReader.whole(chunks.urls().getFirst(), chunks.headers());
        if (new String(masked, StandardCharsets.ISO_8859_1)
                .contains(new String(secret, StandardCharsets.ISO_8859_1))) {
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
                asked.add(threads.submit(
                        () -> ChunkList.of(gateway.logIn(client).ask(BenchedGateway.SOME))));
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

    private static void part(
            String name, BenchedGateway gateway, MemoryReading start, List<ChunkList> results, int parallel) {
        gateway.process().collect();
        gateway.process().reset();
        long live = 0;
        Downloads.Sum sum;
        try (Downloads downloads = new Downloads(ENCODING)) {
            results.forEach(result -> downloads.each(result, parallel, MOST_PER_PART));
            while (downloads.running()) {
                LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
                live = Math.max(live, gateway.process().collect().get(MemoryReading.HEAP_LIVE));
            }
            sum = downloads.await();
        }
        MemoryReading peaks = gateway.process().reading();
        long before = start.get(MemoryReading.HEAP_LIVE);
        System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %d |%n",
                name,
                sum.plainBytes() / 1e6,
                sum.megabytesPerSecond(),
                mebibytes(live - before),
                mebibytes(peaks.get(MemoryReading.HEAP_AFTER_COLLECTION_PEAK) - before),
                mebibytes(peaks.get(MemoryReading.HEAP_PEAK) - before),
                mebibytes(peaks.get(MemoryReading.DIRECT_PEAK)),
                mebibytes(peaks.get(MemoryReading.NETTY_PEAK)),
                mebibytes(peaks.get(MemoryReading.RESIDENT_PEAK)),
                sum.firstByte().millis(0.99),
                sum.retries());
    }

    private static double mebibytes(long bytes) {
        return bytes / 1048576.0;
    }
}

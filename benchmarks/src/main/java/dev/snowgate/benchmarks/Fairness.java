package dev.snowgate.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * How long {@code select 1} takes through the whole gateway while 0, 4 and 10 chunks are downloaded at the same time, masked and
 * compressed. Rounds alternate, so that what the machine does meanwhile hits all alike.
 */
public final class Fairness {
    private static final Duration MOST = Duration.ofSeconds(170);
    private static final Duration WARM_UP = Duration.ofSeconds(6);
    private static final Duration ROUND = Duration.ofSeconds(6);
    private static final int ROUNDS = Integer.getInteger("snowgate.bench.rounds", 4);
    private static final int CLIENTS = 2;
    private static final List<Integer> PARALLEL = List.of(0, 4, 10);

    private Fairness() {}

    /** Prints the table. */
    public static void main(String[] arguments) {
        Deadline.during(MOST, Fairness::run);
    }

    private static void run() throws Exception {
        List<String> jvm = new ArrayList<>(List.of("-Xmx512m"));
        jvm.addAll(List.of(System.getProperty("snowgate.bench.jvm", "").split(" ")));
        jvm.removeIf(String::isBlank);
        try (BenchedGateway gateway = BenchedGateway.start(
                        options -> options.seed(100_000, 2_000, 200).chunkBytes(8_000_000, 8_000_000), jvm);
                ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<DriverClient> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(gateway.logIn(1));
            }
            ChunkList chunks = ChunkList.of(gateway.logIn(0).ask(BenchedGateway.EVERYTHING));
            round(clients, threads, chunks, 4, WARM_UP);
            List<List<Round>> all = new ArrayList<>();
            PARALLEL.forEach(parallel -> all.add(new ArrayList<>()));
            for (int i = 0; i < ROUNDS; i++) {
                for (int p = 0; p < PARALLEL.size(); p++) {
                    all.get(p).add(round(clients, threads, chunks, PARALLEL.get(p), ROUND));
                }
            }
            print(all);
        }
    }

    /** Durations of {@code select 1} and what was downloaded meanwhile, in MB of rows per second. */
    private record Round(long[] nanos, double megabytesPerSecond) {}

    private static Round round(
            List<DriverClient> clients, ExecutorService threads, ChunkList chunks, int parallel, Duration time) {
        try (Downloads downloads = new Downloads("gzip")) {
            downloads.endless(chunks, parallel);
            long end = System.nanoTime() + time.toNanos();
            List<Future<long[]>> running = clients.stream()
                    .map(client -> threads.submit(() -> until(end, client)))
                    .toList();
            long[] nanos = running.stream()
                    .map(Fairness::get)
                    .flatMapToLong(LongStream::of)
                    .toArray();
            return new Round(nanos, downloads.stop().megabytesPerSecond());
        }
    }

    private static long[] until(long end, DriverClient client) {
        LongStream.Builder nanos = LongStream.builder();
        for (long now = System.nanoTime(); now < end; ) {
            client.run("select 1");
            long after = System.nanoTime();
            nanos.add(after - now);
            now = after;
        }
        return nanos.build().toArray();
    }

    private static long[] get(Future<long[]> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void print(List<List<Round>> all) {
        System.out.printf(
                Locale.ROOT,
                "%n`select 1` from %d clients while chunks are downloaded, %d rounds of %d s%n",
                CLIENTS,
                ROUNDS,
                ROUND.toSeconds());
        System.out.println(
                "| downloads at a time | statements/s | p50 ms | p99 ms | p99 to quiet | MB/s of masked rows |");
        System.out.println("| ---: | ---: | ---: | ---: | ---: | ---: |");
        double quiet = 0;
        for (int p = 0; p < PARALLEL.size(); p++) {
            List<Round> rounds = all.get(p);
            Latencies latencies = Latencies.of(rounds.stream().flatMapToLong(round -> LongStream.of(round.nanos())));
            double p99 = latencies.millis(0.99);
            quiet = p == 0 ? p99 : quiet;
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %.0f | %.1f | %.1f | %.1f × | %.0f |%n",
                    PARALLEL.get(p),
                    latencies.count() / (double) (ROUNDS * ROUND.toSeconds()),
                    latencies.millis(0.5),
                    p99,
                    p99 / quiet,
                    rounds.stream()
                            .mapToDouble(Round::megabytesPerSecond)
                            .average()
                            .orElse(0));
        }
    }
}

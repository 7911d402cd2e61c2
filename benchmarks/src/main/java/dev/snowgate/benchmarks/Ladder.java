package dev.snowgate.benchmarks;

import dev.snowgate.emulator.EmulatedUser;
import dev.snowgate.gateway.testing.TestGateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The same statements, one feature more per rung: the emulator alone, a plain Spring Cloud Gateway route before it, the whole
 * pipeline with recording and masks. Everything in one process on loopback; rounds of the rungs alternate, so that what the
 * machine does meanwhile hits all alike. Ratios say more than absolute figures.
 */
public final class Ladder {
    private static final int CLIENTS = 4;
    private static final int ROUNDS = 3;
    /** By number, not by time: a rung that is slow because nothing of it is compiled yet would be measured so. */
    private static final int WARM_UP = 3_000;

    private static final Duration ROUND = Duration.ofSeconds(4);
    private static final Map<String, String> STATEMENTS = statements();

    private Ladder() {}

    private static Map<String, String> statements() {
        Map<String, String> statements = new LinkedHashMap<>();
        statements.put("constant", "select 1");
        statements.put(
                "one masked row", "select full_name, email, country from prod.crm.customers where customer_id = 10007");
        statements.put("200 masked rows", "select * from prod.crm.customers order by customer_id limit 200");
        return statements;
    }

    /**
     * Prints the table.
     *
     * @param arguments parts of the names of rungs; only those are climbed, all if there are none
     */
    public static void main(String[] arguments) throws Exception {
        try (TestGateway gateway = TestGateway.start(
                        options -> options.user(EmulatedUser.named("BENCH", "bench-password", "AGENT_READER")
                                .withContext("PROD", "CRM")),
                        Map.of(
                                "snowgate.limits.agent.concurrent",
                                "1000",
                                "snowgate.limits.agent.per-second",
                                "100000"));
                PlainRoute plain = PlainRoute.to(gateway.emulator().url());
                HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            Map<String, List<DriverClient>> rungs = new LinkedHashMap<>();
            rungs.put("direct to the emulator", clients(http, gateway.emulator().url(), password()));
            rungs.put("plain route", clients(http, plain.url(), password()));
            rungs.put("full pipeline", clients(http, gateway.url(), token(gateway.token("support-copilot"))));
            List<String> wished = List.of(arguments);
            rungs.keySet().removeIf(rung -> !wished.isEmpty() && wished.stream().noneMatch(rung::contains));
            for (Map.Entry<String, String> statement : STATEMENTS.entrySet()) {
                measure(statement.getKey(), statement.getValue(), rungs, threads);
            }
        }
        System.exit(0);
    }

    private static Map<String, String> password() {
        return Map.of("LOGIN_NAME", "BENCH", "PASSWORD", "bench-password", "CLIENT_APP_ID", "Ladder");
    }

    private static Map<String, String> token(String token) {
        return Map.of(
                "ACCOUNT_NAME",
                TestGateway.ACCOUNT,
                "LOGIN_NAME",
                "support-copilot",
                "AUTHENTICATOR",
                "OAUTH",
                "TOKEN",
                token,
                "CLIENT_APP_ID",
                "Ladder");
    }

    /** A session of its own for each client, as drivers have. */
    private static List<DriverClient> clients(HttpClient http, URI url, Map<String, String> credentials) {
        List<DriverClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(DriverClient.logIn(http, url, credentials));
        }
        return clients;
    }

    private static void measure(
            String name, String sql, Map<String, List<DriverClient>> rungs, ExecutorService threads) {
        Map<String, List<long[]>> nanos = new LinkedHashMap<>();
        rungs.forEach((rung, clients) -> {
            warmUp(clients, sql, threads);
            nanos.put(rung, new ArrayList<>());
        });
        for (int i = 0; i < ROUNDS; i++) {
            rungs.forEach((rung, clients) ->
                    Objects.requireNonNull(nanos.get(rung)).add(round(clients, sql, ROUND, threads)));
        }
        System.out.printf(
                Locale.ROOT, "%n%s, %d clients, %d rounds of %d s%n", name, CLIENTS, ROUNDS, ROUND.toSeconds());
        System.out.println("| rung | statements/s | p50 ms | p99 ms | p50 to direct |");
        System.out.println("| --- | ---: | ---: | ---: | ---: |");
        double direct = 0;
        for (Map.Entry<String, List<long[]>> rung : nanos.entrySet()) {
            double rate = median(rung.getValue().stream()
                    .mapToDouble(r -> r.length / (double) ROUND.toSeconds())
                    .toArray());
            double p50 = median(
                    rung.getValue().stream().mapToDouble(r -> millis(r, 0.50)).toArray());
            double p99 = median(
                    rung.getValue().stream().mapToDouble(r -> millis(r, 0.99)).toArray());
            direct = direct == 0 ? p50 : direct;
            System.out.printf(
                    Locale.ROOT, "| %s | %.0f | %.2f | %.2f | %.1f × |%n", rung.getKey(), rate, p50, p99, p50 / direct);
        }
    }

    private static void warmUp(List<DriverClient> clients, String sql, ExecutorService threads) {
        List<Future<?>> running = new ArrayList<>();
        clients.forEach(client -> running.add(threads.submit(() -> {
            for (int i = 0; i < WARM_UP / CLIENTS; i++) {
                client.run(sql);
            }
        })));
        running.forEach(Ladder::get);
    }

    /** The durations of one round, sorted. */
    private static long[] round(List<DriverClient> clients, String sql, Duration time, ExecutorService threads) {
        long end = System.nanoTime() + time.toNanos();
        List<Future<long[]>> running = clients.stream()
                .map(client -> threads.submit(() -> until(end, client, sql)))
                .toList();
        long[] all =
                running.stream().map(Ladder::get).flatMapToLong(Arrays::stream).toArray();
        Arrays.sort(all);
        return all;
    }

    private static long[] until(long end, DriverClient client, String sql) {
        long[] nanos = new long[1024];
        int count = 0;
        for (long now = System.nanoTime(); now < end; ) {
            client.run(sql);
            long after = System.nanoTime();
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, count * 2);
            }
            nanos[count++] = after - now;
            now = after;
        }
        return Arrays.copyOf(nanos, count);
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static double millis(long[] sorted, double quantile) {
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1L, Math.round(sorted.length * quantile))] / 1e6;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}

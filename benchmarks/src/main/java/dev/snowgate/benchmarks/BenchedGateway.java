package dev.snowgate.benchmarks;

import dev.snowgate.emulator.EmulatedUser;
import dev.snowgate.emulator.EmulatorOptionsBuilder;
import dev.snowgate.gateway.testing.TestGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * The whole gateway in a process of its own; database, emulator, identities and clients in this one. Agents {@code reader-0} to
 * {@code reader-4} read customers with five masked columns.
 */
final class BenchedGateway implements AutoCloseable {
    /** All customers: five of nine columns are masked. */
    static final String EVERYTHING = "select * from prod.crm.customers";
    /** Small for the emulator and still with chunks; {@link RepeatedChunks} makes it large. */
    static final String SOME = EVERYTHING + " limit 2000";

    private static final int AGENTS = 5;
    private final TestGateway surroundings;
    private final RepeatedChunks relay;
    private final GatewayProcess process;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private BenchedGateway(TestGateway surroundings, RepeatedChunks relay, GatewayProcess process) {
        this.surroundings = surroundings;
        this.relay = relay;
        this.process = process;
    }

    static BenchedGateway start(UnaryOperator<EmulatorOptionsBuilder> options, List<String> jvm) throws IOException {
        TestGateway surroundings = TestGateway.withoutReplica(
                builder -> options.apply(builder.pollWait(Duration.ofSeconds(45))
                        .user(EmulatedUser.named("BENCH", "bench-password", "AGENT_READER")
                                .withContext("PROD", "CRM"))),
                Map.of("snowgate.limits.agent.concurrent", "1000", "snowgate.limits.agent.per-second", "100000"));
        RepeatedChunks relay = RepeatedChunks.before(surroundings.emulator().url());
        Map<String, String> settings = new HashMap<>(surroundings.settings());
        settings.put("snowgate.upstream.url", relay.url().toString());
        surroundings.settings().forEach((name, value) -> {
            String prefix = "snowgate.agents.support-copilot.";
            for (int i = 0; name.startsWith(prefix) && i < AGENTS; i++) {
                settings.put("snowgate.agents.reader-" + i + "." + name.substring(prefix.length()), value);
            }
        });
        try {
            return new BenchedGateway(surroundings, relay, GatewayProcess.start(jvm, settings));
        } catch (IOException e) {
            relay.close();
            surroundings.close();
            throw e;
        }
    }

    /** A session of its own, as agent number {@code client} modulo five. */
    DriverClient logIn(int client) {
        String agent = "reader-" + client % AGENTS;
        return DriverClient.logIn(
                http,
                process.url(),
                Map.of(
                        "ACCOUNT_NAME",
                        TestGateway.ACCOUNT,
                        "LOGIN_NAME",
                        agent,
                        "AUTHENTICATOR",
                        "OAUTH",
                        "TOKEN",
                        surroundings.issuer().token(agent, "analysts-masked", agent + "@acme.example"),
                        "CLIENT_APP_ID",
                        "Benchmark"));
    }

    /** Asks the emulator itself, past the gateway. */
    JsonNode askEmulator(String sql) {
        URI url = surroundings.emulator().url();
        return DriverClient.logIn(
                        http,
                        url,
                        Map.of("LOGIN_NAME", "BENCH", "PASSWORD", "bench-password", "CLIENT_APP_ID", "Benchmark"))
                .ask(sql);
    }

    RepeatedChunks chunks() {
        return relay;
    }

    GatewayProcess process() {
        return process;
    }

    @Override
    public void close() {
        http.shutdownNow();
        process.close();
        relay.close();
        surroundings.close();
    }
}

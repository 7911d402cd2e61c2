package dev.snowgate.gateway.snowflake.client;

import dev.snowgate.gateway.session.AgentRegistration;
import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.session.IdentityProperties;
import dev.snowgate.gateway.statement.Bindings;
import dev.snowgate.gateway.statement.ClearedStatement;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.OwnedResult;
import dev.snowgate.gateway.statement.Owner;
import dev.snowgate.gateway.statement.UpstreamCall;
import dev.snowgate.model.agent.AgentId;
import dev.snowgate.model.agent.ClientApplication;
import dev.snowgate.model.agent.Principal;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.QueryId;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.model.statement.StatementState;
import dev.snowgate.policy.TestDecisions;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

/** What tests of the client need: a key, properties, sessions and cleared statements. */
final class UpstreamFixture {
    private static final KeyPair PAIR = pair();
    static final Path KEY_FILE = keyFile();

    private UpstreamFixture() {}

    static String publicKey() {
        return Base64.getEncoder().encodeToString(PAIR.getPublic().getEncoded());
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
            rsa.initialize(2048);
            return rsa.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair keyPair() {
        return PAIR;
    }

    private static Path keyFile() {
        try {
            Path file = Files.createTempFile("upstream", ".p8");
            file.toFile().deleteOnExit();
            Files.writeString(
                    file,
                    "-----BEGIN PRIVATE KEY-----\n"
                            + Base64.getMimeEncoder()
                                    .encodeToString(PAIR.getPrivate().getEncoded())
                            + "\n-----END PRIVATE KEY-----\n");
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static UpstreamProperties properties(URI url, Duration statementTimeout, String... storageHosts) {
        return new UpstreamProperties(
                url,
                null,
                KEY_FILE,
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                statementTimeout,
                DataSize.ofMegabytes(16),
                8,
                32,
                new UpstreamProperties.Storage(List.of(storageHosts), Duration.ofSeconds(5), 8, 4),
                new UpstreamProperties.Circuit(50, 50, Duration.ofSeconds(5)));
    }

    static IdentityProperties identities() {
        return new IdentityProperties(
                "SNOWGATE",
                List.of(),
                Map.of(
                        "copilot",
                        new AgentRegistration(
                                null, null, "SUPPORT", List.of(), "COMPUTE_WH", List.of(), "PROD", "CRM", List.of())));
    }

    static UpstreamHttp http(UpstreamProperties properties) {
        return new UpstreamHttp(properties, CircuitBreakerRegistry.ofDefaults());
    }

    static UpstreamCredentials credentials(UpstreamProperties properties) {
        return new UpstreamCredentials(properties, identities(), Clock.systemUTC());
    }

    static UpstreamClient client(UpstreamHttp http, DriverSessions sessions, UpstreamProperties properties) {
        return client(http, sessions, properties, id -> Mono.empty());
    }

    static UpstreamClient client(
            UpstreamHttp http,
            DriverSessions sessions,
            UpstreamProperties properties,
            Function<SessionId, Mono<Void>> lost) {
        return new UpstreamClient(
                new DriverUpstream(http, sessions, Clock.systemUTC()),
                new SqlApiUpstream(http, credentials(properties)),
                lost);
    }

    static AgentSession sqlApiSession() {
        return new AgentSession(
                SessionId.random(),
                "SNOWGATE",
                Dialect.SQL_API,
                new Principal(new AgentId("copilot"), "corp", Set.of(), Optional.empty(), Set.of()),
                new ClientApplication("curl", "8"),
                "127.0.0.1",
                SessionContext.of(
                        "SNOWGATE",
                        "COPILOT",
                        "SUPPORT",
                        Optional.of("COMPUTE_WH"),
                        Optional.of("PROD"),
                        Optional.of("CRM")),
                false,
                Instant.now().plusSeconds(3600));
    }

    static ClearedStatement cleared(AgentSession session, String sql) {
        return ClearedStatement.allowed(call(session, sql), TestDecisions.allow());
    }

    static UpstreamCall call(AgentSession session, String sql) {
        return new UpstreamCall(
                StatementId.random(),
                session,
                sql,
                Bindings.none(),
                Map.of(),
                session.context(),
                1,
                OptionalLong.empty(),
                OptionalLong.empty(),
                "tag",
                UUID.randomUUID(),
                false);
    }

    static OwnedResult owned(AgentSession session, QueryId queryId) {
        return OwnedResult.of(
                session,
                new LedgerEntry(
                        StatementId.random(),
                        session.id(),
                        Owner.of(session),
                        session.dialect(),
                        "r",
                        new byte[0],
                        StatementState.values()[0],
                        false,
                        false,
                        false,
                        session.context(),
                        UUID.randomUUID(),
                        Optional.of(queryId),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Instant.now(),
                        Optional.empty(),
                        java.util.OptionalLong.empty()));
    }
}

package dev.snowgate.gateway.session;

import dev.snowgate.model.agent.ClientApplication;
import dev.snowgate.sealing.KeyRing;
import dev.snowgate.testing.TestDatabase;
import io.r2dbc.spi.ConnectionFactories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Sessions over a real PostgreSQL, put together as the program does, with an upstream of the test's choice. */
public final class SessionFixture implements AutoCloseable {
    private final TestDatabase database = TestDatabase.create();
    private final TestIssuer issuer = new TestIssuer("corp");
    private final SessionStore store;
    private final UpstreamTokenVault vault;
    final MovableClock clock = new MovableClock();
    final RecordedEvents events = new RecordedEvents();
    final FakeUpstreamSessions upstream = new FakeUpstreamSessions();
    final IdentityProperties identities;
    final TokenStore tokens;
    Sessions sessions;
    Authenticator authenticator;

    public SessionFixture() {
        this(SessionProperties.defaults(), false);
    }

    SessionFixture(SessionProperties properties, boolean strict) {
        DatabaseClient client =
                DatabaseClient.create(ConnectionFactories.get(database.gateway().r2dbcUrl()));
        identities = TestAgents.with(issuer.properties(strict));
        SessionConfiguration configuration = new SessionConfiguration();
        store = configuration.sessionStore(client, properties);
        tokens = configuration.tokenStore(client, store);
        vault = configuration.upstreamTokenVault(store, ring(), clock);
        SeenSessions seen = configuration.seenSessions(store);
        NewSessions admission = configuration.newSessions(identities, store, events, clock);
        authenticator = configuration.authenticator(
                admission, tokens, store, vault, seen, identities, properties, "SNOWGATE", clock);
        sessions =
                configuration.sessions(admission, tokens, store, vault, upstream, seen, identities, properties, clock);
    }

    private static KeyRing ring() {
        try {
            return KeyRing.generate(Files.createTempDirectory("keys").resolve("keys"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TestIssuer issuer() {
        return issuer;
    }

    public UpstreamTokenVault vault() {
        return vault;
    }

    public OpenedSession logIn() {
        return now(sessions.logIn(request(issuer.token())));
    }

    static LogInRequest request(String token) {
        return request("OAUTH", token, Optional.empty(), Optional.empty());
    }

    static LogInRequest request(String method, String token, Optional<String> database, Optional<String> role) {
        return new LogInRequest(
                method,
                token,
                "anyone",
                "snowgate",
                database,
                Optional.empty(),
                Optional.empty(),
                role,
                Map.of("TIMEZONE", "UTC"),
                new ClientApplication("JDBC", "4.4.1"),
                "10.0.0.1",
                Map.of());
    }

    void sql(String text) {
        try (Connection connection = database.owner().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    TestDatabase database() {
        return database;
    }

    static <T> T now(Mono<T> mono) {
        T value = mono.block(Duration.ofSeconds(20));
        if (value == null) {
            throw new IllegalStateException("empty");
        }
        return value;
    }

    static void done(Mono<Void> mono) {
        mono.block(Duration.ofSeconds(20));
    }

    @Override
    public void close() {
        issuer.close();
        database.close();
    }
}

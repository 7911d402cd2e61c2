package dev.snowgate.gateway.edge;

import static dev.snowgate.gateway.snowflake.ProtocolFixture.STATEMENT;
import static dev.snowgate.gateway.snowflake.ProtocolFixture.session;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.session.LogInRequest;
import dev.snowgate.gateway.session.OpenedSession;
import dev.snowgate.gateway.session.RenewedTokens;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.Outcome;
import dev.snowgate.gateway.statement.Recorder;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.gateway.statement.StatementStatus;
import dev.snowgate.model.agent.ClientApplication;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.StatementId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;

/** Sessions, pipeline and recorder that only note what they are asked. The one good token is {@code good}. */
final class FakeBackend implements SessionPort, StatementPort, Recorder {
    static final String BROKEN = "select broken";
    /** Answered when {@link #released} says so. */
    static final String SLOW = "select slow";
    /** Refused as the sessions do it: recorded there, under a reference. */
    static final String RECORDED_TOKEN = "recorded";

    final reactor.core.publisher.Sinks.Empty<Void> released = reactor.core.publisher.Sinks.empty();

    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<Statement> statements = new CopyOnWriteArrayList<>();
    final List<Map<String, String>> refusals = new CopyOnWriteArrayList<>();

    @Override
    public Mono<AgentSession> bySessionToken(String token, String network) {
        return token.equals("good") ? Mono.just(session(Dialect.DRIVER)) : refused();
    }

    @Override
    public Mono<AgentSession> byBearer(String token, String type, String network, ClientApplication client) {
        return token.equals("good") ? Mono.just(session(Dialect.SQL_API)) : refused();
    }

    private static <T> Mono<T> refused() {
        return Mono.error(
                new GatewayException(GatewayErrorCode.SESSION_TOKEN_EXPIRED, "The session token has expired."));
    }

    @Override
    public Mono<OpenedSession> logIn(LogInRequest request) {
        calls.add("logIn");
        if (request.token().equals(RECORDED_TOKEN)) {
            return Mono.error(new GatewayException(
                    GatewayErrorCode.AUTHENTICATION_FAILED, "refused", Optional.of(StatementId.random()), null));
        }
        return Mono.just(new OpenedSession(
                session(Dialect.DRIVER),
                "good",
                "master",
                Duration.ofHours(1),
                Duration.ofHours(4),
                Map.of(),
                Map.of(),
                1));
    }

    @Override
    public Mono<RenewedTokens> renew(String masterToken, String oldSessionToken) {
        calls.add("renew");
        return Mono.just(new RenewedTokens(
                session(Dialect.DRIVER).id(), "good", "master", Duration.ofHours(1), Duration.ofHours(4), 1));
    }

    @Override
    public Mono<Void> logOut(AgentSession session) {
        return called("logOut");
    }

    @Override
    public Mono<Void> heartbeat(AgentSession session) {
        return called("heartbeat");
    }

    @Override
    public Mono<Outcome> submit(Statement statement) {
        statements.add(statement);
        if (statement.text().equals(BROKEN)) {
            return Mono.error(new IllegalStateException("secret detail"));
        }
        return statement.text().equals(SLOW) ? released.asMono().then(waiting("submit")) : waiting("submit");
    }

    @Override
    public Mono<Outcome> poll(AgentSession session, String id, Instant arrivedAt) {
        return waiting("poll");
    }

    @Override
    public Mono<Outcome> cancel(AgentSession session, String id) {
        return waiting("cancel " + id);
    }

    @Override
    public Mono<Outcome> cancelRequest(AgentSession session, String requestId) {
        return waiting("cancelRequest " + requestId);
    }

    @Override
    public Mono<StatementStatus> status(AgentSession session, String id) {
        return Mono.error(new GatewayException(GatewayErrorCode.UNKNOWN_ID, "No statement with this id is known."));
    }

    private Mono<Outcome> waiting(String call) {
        calls.add(call);
        return Mono.just(new Outcome.InProgress(STATEMENT, Optional.empty(), false));
    }

    private Mono<Void> called(String call) {
        calls.add(call);
        return Mono.empty();
    }

    @Override
    public Mono<Void> append(
            SessionId session, Optional<StatementId> statement, String kind, Map<String, String> facts) {
        return called("append " + kind);
    }

    @Override
    public Mono<Void> refusedExchange(String network, String what, Map<String, String> facts) {
        refusals.add(facts);
        return Mono.empty();
    }

    @Override
    public Mono<Void> pageStarted(StatementId statement, int page) {
        return called("pageStarted");
    }

    @Override
    public Mono<Void> pageFinished(
            StatementId statement, int page, long rows, long bytes, long maskedCells, byte[] digest) {
        return called("pageFinished");
    }
}

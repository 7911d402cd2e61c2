package dev.snowgate.gateway.edge;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.snowflake.Credentials;
import dev.snowgate.gateway.snowflake.EncodedReply;
import dev.snowgate.gateway.snowflake.ProtocolDialect;
import dev.snowgate.gateway.snowflake.ProtocolExchange;
import dev.snowgate.gateway.snowflake.Reply;
import dev.snowgate.gateway.snowflake.RequestHead;
import dev.snowgate.gateway.snowflake.ResultParts;
import dev.snowgate.gateway.snowflake.StreamedReply;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.NumberedPart;
import dev.snowgate.gateway.statement.Outcome;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.gateway.statement.StatementStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Takes one exchange from its head to its reply: authenticate, recognise, read, hand on, write. Knows neither dialect. */
final class ExchangeHandler {
    private final SessionPort agents;
    private final SessionExchanges sessions;
    private final StatementPort pipeline;
    private final Optional<ResultParts> parts;
    private final RefusalRecord record;

    ExchangeHandler(
            SessionPort agents,
            SessionExchanges sessions,
            StatementPort pipeline,
            Optional<ResultParts> parts,
            RefusalRecord record) {
        this.agents = agents;
        this.sessions = sessions;
        this.pipeline = pipeline;
        this.parts = parts;
        this.record = record;
    }

    Mono<Reply> answer(ProtocolDialect dialect, RequestHead head, BodyReader body, Instant receivedAt) {
        ProtocolExchange exchange;
        try {
            exchange = dialect.reader().recognise(head);
        } catch (GatewayException misused) {
            // Who has not shown who they are learns nothing about their request.
            return authenticated(dialect, head).then(Mono.error(misused));
        }
        return switch (exchange) {
            case ProtocolExchange.Unrecognised no -> Mono.error(new GatewayException(no.code(), no.message()));
            case ProtocolExchange.Login login ->
                sessions.logIn(dialect, login, head, body).cast(Reply.class);
            case ProtocolExchange.TokenRenewal ignored ->
                sessions.renew(dialect, head, body).cast(Reply.class);
            default ->
                authenticated(dialect, head)
                        .flatMap(session -> answerTo(session, dialect, exchange, head, body, receivedAt));
        };
    }

    private Mono<? extends Reply> answerTo(
            AgentSession session,
            ProtocolDialect dialect,
            ProtocolExchange exchange,
            RequestHead head,
            BodyReader body,
            Instant receivedAt) {
        return switch (exchange) {
            case ProtocolExchange.StatementSubmission asked ->
                body.statement()
                        .map(bytes -> statement(session, dialect, asked, head, bytes, receivedAt))
                        .flatMap(pipeline::submit)
                        .flatMap(outcome ->
                                written(outcome, () -> dialect.writer().submitted(asked, outcome)));
            case ProtocolExchange.ResultPoll asked ->
                pipeline.poll(session, asked.id(), receivedAt)
                        .flatMap(outcome ->
                                written(outcome, () -> dialect.writer().polled(asked, outcome)));
            case ProtocolExchange.ResultPart asked -> part(session, dialect, asked);
            case ProtocolExchange.StatementCancel asked -> cancel(session, dialect, asked, body);
            case ProtocolExchange.QueryStatus asked -> status(session, dialect, asked, head);
            case ProtocolExchange.Heartbeat ignored -> sessions.heartbeat(session, dialect);
            case ProtocolExchange.Logout ignored -> sessions.logOut(session, dialect);
            case ProtocolExchange.Telemetry ignored ->
                Mono.fromSupplier(() -> dialect.writer().telemetryTaken());
            case ProtocolExchange.Login ignored -> Mono.error(answeredBefore());
            case ProtocolExchange.TokenRenewal ignored -> Mono.error(answeredBefore());
            case ProtocolExchange.Unrecognised ignored -> Mono.error(answeredBefore());
        };
    }

    /** A reply with many rows is put together off the event loop. */
    private static Mono<Reply> written(Outcome outcome, Supplier<Reply> writer) {
        Mono<Reply> reply = Mono.fromSupplier(writer);
        boolean large = outcome instanceof Outcome.Completed completed
                && completed.reply().page().isDeflated();
        return large ? reply.subscribeOn(Schedulers.parallel()) : reply;
    }

    private static Statement statement(
            AgentSession session,
            ProtocolDialect dialect,
            ProtocolExchange.StatementSubmission asked,
            RequestHead head,
            byte[] bytes,
            Instant receivedAt) {
        return dialect.reader().statement(asked, head, bytes, session, receivedAt);
    }

    private Mono<StreamedReply> part(AgentSession session, ProtocolDialect dialect, ProtocolExchange.ResultPart asked) {
        NumberedPart.Nulls nulls = asked.nullable() ? NumberedPart.Nulls.NULL : NumberedPart.Nulls.TEXT;
        return Mono.justOrEmpty(parts)
                .flatMap(source -> source.part(session, asked.id(), asked.partition(), nulls))
                .map(body -> dialect.writer().part(body))
                .switchIfEmpty(Mono.error(() -> new GatewayException(
                        GatewayErrorCode.RESULT_WITHHELD, "This part of the result cannot be delivered.")));
    }

    private Mono<EncodedReply> cancel(
            AgentSession session, ProtocolDialect dialect, ProtocolExchange.StatementCancel asked, BodyReader body) {
        return Mono.justOrEmpty(asked.id())
                .flatMap(id -> pipeline.cancel(session, id))
                .switchIfEmpty(Mono.defer(() -> body.small()
                        .map(bytes -> dialect.reader().requestToCancel(bytes))
                        .flatMap(requestId -> pipeline.cancelRequest(session, requestId))))
                .map(outcome -> dialect.writer().cancelled(outcome));
    }

    // An unknown id is an empty list, as in Snowflake; that somebody asked for it is recorded all the same.
    private Mono<EncodedReply> status(
            AgentSession session, ProtocolDialect dialect, ProtocolExchange.QueryStatus asked, RequestHead head) {
        Mono<Optional<StatementStatus>> found =
                pipeline.status(session, asked.id()).map(Optional::of);
        return found.onErrorResume(
                        GatewayException.class,
                        e -> e.code() == GatewayErrorCode.UNKNOWN_ID
                                ? record.refused(head, dialect.name(), e).thenReturn(Optional.empty())
                                : Mono.error(e))
                .map(status -> dialect.writer().status(asked, status));
    }

    private Mono<AgentSession> authenticated(ProtocolDialect dialect, RequestHead head) {
        Mono<AgentSession> session = switch (dialect.reader().credentials(head)) {
            case Credentials.SessionToken shown -> agents.bySessionToken(shown.token(), head.network());
            case Credentials.Bearer shown ->
                agents.byBearer(shown.token(), shown.type(), head.network(), UserAgent.of(head));
            case Credentials.None ignored -> Mono.empty();
        };
        return session.switchIfEmpty(Mono.error(ExchangeHandler::noCredentials));
    }

    private static GatewayException noCredentials() {
        return new GatewayException(
                GatewayErrorCode.AUTHENTICATION_FAILED,
                "The request shows no token that Snowgate knows. Log in first, or send Authorization: Bearer with your"
                        + " identity provider's token to the SQL API.");
    }

    private static IllegalStateException answeredBefore() {
        return new IllegalStateException("answered before a session was looked up");
    }
}

package dev.snowgate.gateway.edge;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.session.OpenedSession;
import dev.snowgate.gateway.snowflake.Credentials;
import dev.snowgate.gateway.snowflake.EncodedReply;
import dev.snowgate.gateway.snowflake.ProtocolDialect;
import dev.snowgate.gateway.snowflake.ProtocolExchange;
import dev.snowgate.gateway.snowflake.RequestHead;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import java.util.List;
import reactor.core.publisher.Mono;

/** Exchanges about the session itself: log-in, renewal, heartbeat, log-out. */
final class SessionExchanges {
    private final SessionPort sessions;
    private final RefusalRecord record;

    SessionExchanges(SessionPort sessions, RefusalRecord record) {
        this.sessions = sessions;
        this.record = record;
    }

    Mono<EncodedReply> logIn(ProtocolDialect dialect, ProtocolExchange.Login login, RequestHead head, BodyReader body) {
        return body.small()
                .map(bytes -> dialect.reader().logIn(login, head, bytes))
                .flatMap(read ->
                        sessions.logIn(read.request()).flatMap(opened -> recorded(opened, read.droppedFields())))
                .map(opened -> dialect.writer().opened(opened));
    }

    private Mono<OpenedSession> recorded(OpenedSession opened, List<String> droppedFields) {
        return droppedFields.isEmpty()
                ? Mono.just(opened)
                : record.droppedAtLogIn(opened.session().id(), droppedFields).thenReturn(opened);
    }

    /** The master token is what authenticates a renewal; it is checked together with the old session token. */
    Mono<EncodedReply> renew(ProtocolDialect dialect, RequestHead head, BodyReader body) {
        return switch (dialect.reader().credentials(head)) {
            case Credentials.SessionToken master ->
                body.small()
                        .map(bytes -> dialect.reader().oldSessionToken(bytes))
                        .flatMap(old -> sessions.renew(master.token(), old))
                        .map(tokens -> dialect.writer().renewed(tokens));
            case Credentials.Bearer ignored -> Mono.error(noMasterToken());
            case Credentials.None ignored -> Mono.error(noMasterToken());
        };
    }

    Mono<EncodedReply> heartbeat(AgentSession session, ProtocolDialect dialect) {
        return sessions.heartbeat(session)
                .then(Mono.fromSupplier(() -> dialect.writer().done()));
    }

    Mono<EncodedReply> logOut(AgentSession session, ProtocolDialect dialect) {
        return sessions.logOut(session)
                .then(Mono.fromSupplier(() -> dialect.writer().done()));
    }

    private static GatewayException noMasterToken() {
        return new GatewayException(
                GatewayErrorCode.MASTER_TOKEN_INVALID, "The renewal shows no master token. Log in again.");
    }
}

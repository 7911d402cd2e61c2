package dev.snowgate.gateway.snowflake;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.session.LogInRequest;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.Statement;
import java.time.Instant;

/** Reads one dialect's requests. Bodies are inflated and within limits. Faults are {@link GatewayException}s. */
public interface RequestReader {
    /** What the request is; {@link ProtocolExchange.Unrecognised} if nothing else. Throws where a known path is misused. */
    ProtocolExchange recognise(RequestHead head);

    /** What the request shows to prove who sends it. */
    Credentials credentials(RequestHead head);

    /** The statement that a submission carries. */
    Statement statement(
            ProtocolExchange.StatementSubmission submission,
            RequestHead head,
            byte[] body,
            AgentSession session,
            Instant receivedAt);

    /** The log-in that the body asks for, with the names of dropped fields. */
    default ReadLogin logIn(ProtocolExchange.Login login, RequestHead head, byte[] body) {
        throw noSuchExchange();
    }

    /** The old session token that a renewal names. */
    default String oldSessionToken(byte[] body) {
        throw noSuchExchange();
    }

    /** The request id of the statement that a cancel without an id means. */
    default String requestToCancel(byte[] body) {
        throw noSuchExchange();
    }

    /** A log-in and the names of the fields that the tables dropped. */
    record ReadLogin(LogInRequest request, java.util.List<String> droppedFields) {}

    private static GatewayException noSuchExchange() {
        return new GatewayException(GatewayErrorCode.UNKNOWN_PATH, "This protocol has no such request.");
    }
}

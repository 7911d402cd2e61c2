package dev.snowgate.gateway.snowflake;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import java.util.Optional;

/** What a request asks for, as far as its head tells. Every request is one of these; what is none of the others is refused. */
public sealed interface ProtocolExchange {
    /** Opens a session; the wished names travel in the query. */
    record Login(Optional<String> database, Optional<String> schema, Optional<String> warehouse, Optional<String> role)
            implements ProtocolExchange {}

    /** Replaces a session's tokens by their next version; shows the master token. */
    record TokenRenewal() implements ProtocolExchange {}

    /** Ends the session. */
    record Logout() implements ProtocolExchange {}

    /** Keeps the session alive; answered here. */
    record Heartbeat() implements ProtocolExchange {}

    /**
     * Hands in a statement.
     *
     * @param requestId the idempotence key; made by us where the dialect lets the client leave it out
     * @param async whether the query says that the client will not wait
     * @param nullable whether null is told apart from the text {@code null} in the result
     */
    record StatementSubmission(String requestId, boolean async, boolean nullable) implements ProtocolExchange {}

    /**
     * Asks for the result of a statement.
     *
     * @param id ours or Snowflake's
     * @param requestId the request id of this poll, to be echoed
     */
    record ResultPoll(String id, Optional<String> requestId, boolean nullable) implements ProtocolExchange {}

    /** Asks for a later part of a result; {@code partition} is 1 or more. */
    record ResultPart(String id, int partition, boolean nullable) implements ProtocolExchange {}

    /** Cancels a statement: by its id, or by the request id that the body names. */
    record StatementCancel(Optional<String> id) implements ProtocolExchange {}

    /** Asks how a statement is doing. */
    record QueryStatus(String id) implements ProtocolExchange {}

    /** What drivers tell about themselves; swallowed. */
    record Telemetry() implements ProtocolExchange {}

    /** None of the above: refused and recorded. */
    record Unrecognised(GatewayErrorCode code, String message) implements ProtocolExchange {}

    /** A name for the recording and for metrics. */
    default String label() {
        return getClass().getSimpleName();
    }
}

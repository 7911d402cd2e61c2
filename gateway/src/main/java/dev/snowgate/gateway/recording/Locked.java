package dev.snowgate.gateway.recording;

import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.recording.EventKind;
import dev.snowgate.model.recording.SessionEvent;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.model.statement.StatementState;
import java.time.Instant;
import java.util.Map;

/** A statement's row as it is while this transaction holds its lock. */
record Locked(
        StatementId id,
        SessionId session,
        String agent,
        Dialect dialect,
        StatementState state,
        boolean describeOnly,
        boolean async,
        boolean decided) {
    /** Whether nothing of it has been sent and it has not ended. */
    boolean isBeforeSending() {
        return switch (state) {
            case RECEIVED, CLEARED, HELD, RELEASED -> true;
            case SENT, STARTED, SUCCEEDED, FAILED, REFUSED, DENIED, EXPIRED, CANCELLED, ABANDONED, OUTCOME_UNKNOWN ->
                false;
        };
    }

    /** Whether Snowflake may have it. */
    boolean isRunning() {
        return state == StatementState.SENT || state == StatementState.STARTED;
    }

    /** An event about it, by its agent. */
    SessionEvent event(EventKind kind, Instant at, Map<String, String> facts) {
        return SessionEvent.of(session, id, kind, at, agent, facts);
    }
}

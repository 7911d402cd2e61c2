package dev.snowgate.model.statement;

/**
 * Where a statement is. The database allows only the transitions of the statement's life: received → refused, held or
 * cleared; held → released, denied, expired, cancelled, abandoned or superseded; released or cleared → sent → started →
 * succeeded, failed, cancelled or outcome unknown.
 */
public enum StatementState {
    RECEIVED(false),
    CLEARED(false),
    HELD(false),
    RELEASED(false),
    /** The upstream request id is durable; the upstream may or may not have the statement. */
    SENT(false),
    /** The upstream query id is known. */
    STARTED(false),
    SUCCEEDED(true),
    FAILED(true),
    REFUSED(true),
    DENIED(true),
    EXPIRED(true),
    CANCELLED(true),
    ABANDONED(true),
    OUTCOME_UNKNOWN(true);

    private final boolean end;

    StatementState(boolean end) {
        this.end = end;
    }

    /** Whether nothing can follow. */
    public boolean isEnd() {
        return end;
    }
}

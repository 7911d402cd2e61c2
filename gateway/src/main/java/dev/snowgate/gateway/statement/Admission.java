package dev.snowgate.gateway.statement;

import dev.snowgate.model.statement.SessionContext;

/** The ledger's answer to a cleared statement that wants to start. */
public sealed interface Admission {
    /** It is marked sent, durably, and leased to this replica. */
    record Admitted() implements Admission {}

    /** The session's context is another by now: analyse and decide again. */
    record ContextChanged(SessionContext now) implements Admission {}

    /** Another statement of the session excludes it: try again a little later. */
    record Busy() implements Admission {}

    /** Its state changed meanwhile (cancelled, taken by another replica): look at the entry again. */
    record Superseded() implements Admission {}
}

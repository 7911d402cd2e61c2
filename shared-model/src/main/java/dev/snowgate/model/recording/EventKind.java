package dev.snowgate.model.recording;

/** What can happen in a session. The database knows the same kinds and which program may append them. */
public enum EventKind {
    SESSION_OPENED(Writer.GATEWAY),
    SESSION_RENEWED(Writer.GATEWAY),
    /** The upstream context differs from the expected one. */
    SESSION_DRIFTED(Writer.GATEWAY),
    SESSION_CLOSED(Writer.GATEWAY),
    CONTEXT_CHANGED(Writer.GATEWAY),
    /** Belongs to the door, not to a session. */
    LOGIN_REFUSED(Writer.GATEWAY),
    /** An unknown path, a malformed body, a foreign id. */
    EXCHANGE_REFUSED(Writer.GATEWAY),
    RECEIVED(Writer.GATEWAY),
    DECIDED(Writer.GATEWAY),
    REFUSED(Writer.GATEWAY),
    HELD(Writer.GATEWAY),
    /** Summary of the polls of one hold. */
    POLLED(Writer.GATEWAY),
    /** The reviewed facts changed; a new request replaces the old one. */
    SUPERSEDED(Writer.GATEWAY),
    RELEASED(Writer.GATEWAY),
    DENIED(Writer.GATEWAY),
    EXPIRED(Writer.GATEWAY),
    ABANDONED(Writer.GATEWAY),
    CANCELLED(Writer.GATEWAY),
    SENT(Writer.GATEWAY),
    STARTED(Writer.GATEWAY),
    /** Snowflake finished it; nothing of its result has left the gateway yet. */
    EXECUTED(Writer.GATEWAY),
    RETURNED(Writer.GATEWAY),
    /** A reply that could not be proved safe was not delivered. */
    WITHHELD(Writer.GATEWAY),
    FAILED(Writer.GATEWAY),
    OUTCOME_UNKNOWN(Writer.GATEWAY),
    REREAD(Writer.GATEWAY),
    /** Says of pages that left what their digest is of, where it is not the rows. */
    PAGES_DELIVERED(Writer.GATEWAY),
    CATALOG_CHANGED(Writer.GATEWAY),
    REVIEWED(Writer.CONSOLE),
    /** Somebody looked at the recording. */
    VIEWED(Writer.CONSOLE),
    /** Somebody looked at a protected value. */
    UNMASKED(Writer.CONSOLE),
    EXPORTED(Writer.CONSOLE),
    POLICY_SAVED(Writer.CONSOLE),
    POLICY_PUBLISHED(Writer.CONSOLE),
    AGENT_SUSPENDED(Writer.CONSOLE),
    AGENT_RESUMED(Writer.CONSOLE),
    CATALOG_SYNCED(Writer.CONSOLE),
    PROTECTION_CHANGED(Writer.CONSOLE);

    private final Writer writer;

    EventKind(Writer writer) {
        this.writer = writer;
    }

    /** The program that records it. */
    public Writer writer() {
        return writer;
    }

    /** The two programs. */
    public enum Writer {
        GATEWAY,
        CONSOLE
    }
}

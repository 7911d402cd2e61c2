package dev.snowgate.model.recording;

import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.StatementId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One event of a session's recording, before it has its place in the chain. Facts are in clear: no literal, binding, row
 * or token may be among them. Values go into a sealed part beside the event.
 *
 * @param session the session whose chain it belongs to
 * @param kind what happened
 * @param at when, cut to microseconds because that is what the database keeps
 * @param statement the statement it is about, if any
 * @param actor who did it: an agent, a person's claim, or {@code gateway}
 * @param facts what else is to be known, by name; numbers and encoded documents as text
 */
public record SessionEvent(
        SessionId session,
        EventKind kind,
        Instant at,
        Optional<StatementId> statement,
        String actor,
        SortedMap<String, String> facts) {

    /** The chain of events before or outside any session: refused log-ins, unknown paths. */
    public static final SessionId DOOR =
            new SessionId(java.util.UUID.fromString("00000000-0000-8000-8000-000000000001"));

    /** The chain of the console's events that concern no session. */
    public static final SessionId CONSOLE =
            new SessionId(java.util.UUID.fromString("00000000-0000-8000-8000-000000000002"));

    public SessionEvent {
        at = at.truncatedTo(ChronoUnit.MICROS);
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /** An event about a session as a whole. */
    public static SessionEvent of(
            SessionId session, EventKind kind, Instant at, String actor, Map<String, String> facts) {
        return new SessionEvent(session, kind, at, Optional.empty(), actor, new TreeMap<>(facts));
    }

    /** An event about one statement. */
    public static SessionEvent of(
            SessionId session,
            StatementId statement,
            EventKind kind,
            Instant at,
            String actor,
            Map<String, String> facts) {
        return new SessionEvent(session, kind, at, Optional.of(statement), actor, new TreeMap<>(facts));
    }
}

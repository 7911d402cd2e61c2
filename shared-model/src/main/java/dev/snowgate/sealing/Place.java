package dev.snowgate.sealing;

import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.StatementId;
import java.nio.charset.StandardCharsets;

/**
 * Where a sealed value belongs. It is authenticated with the value, so that a value copied into another row or column
 * does not open there.
 *
 * @param text what is authenticated; unique per value, or per kind of value of a row
 */
public record Place(String text) {
    /** A column of a statement's row, such as {@code sealed_text}. */
    public static Place ofStatement(StatementId id, String column) {
        return new Place("statement/" + id + "/" + column);
    }

    /** A column of a session's row, such as {@code upstream}. */
    public static Place ofSession(SessionId id, String column) {
        return new Place("session/" + id + "/" + column);
    }

    /** A page of a statement's result; 0 is the inline part. */
    public static Place ofPage(StatementId id, int page) {
        return new Place("page/" + id + "/" + page);
    }

    /** The sealed part of an event; {@code kind} is the event's kind. */
    public static Place ofEvent(SessionId id, String kind) {
        return new Place("event/" + id + "/" + kind);
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

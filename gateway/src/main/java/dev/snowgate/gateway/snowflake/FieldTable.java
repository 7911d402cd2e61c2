package dev.snowgate.gateway.snowflake;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which fields of a request's body and which of its query parameters pass. A field that is not in the table is dropped and its
 * name recorded: it never reaches Snowflake because it was there.
 */
public final class FieldTable {
    /** What becomes of a field. */
    public enum Treatment {
        /** Read, and sent upstream in a request that we compose. */
        FORWARD,
        /** Read or ignored; what goes upstream in its place is the gateway's own. */
        OURS,
        /** Ignored, and its name recorded. */
        DROP,
        /** The request is refused. */
        REFUSE
    }

    /** The JSON type that a field must have; null is always the same as absent. */
    public enum Type {
        TEXT,
        INTEGER,
        BOOLEAN,
        OBJECT,
        ANY
    }

    /**
     * One row.
     *
     * @param reason for a refused field: why, and what to do
     */
    public record Row(String name, Type type, Treatment treatment, String reason) {}

    private static final int MOST_DROPPED = 50;
    private static final int LONGEST_NAME = 100;

    private final Map<String, Row> body = new LinkedHashMap<>();
    private final Map<String, Row> query = new LinkedHashMap<>();

    private FieldTable() {}

    /** An empty table: everything would be dropped. */
    public static FieldTable create() {
        return new FieldTable();
    }

    /** Adds a body field. */
    public FieldTable field(String name, Type type, Treatment treatment) {
        body.put(name, new Row(name, type, treatment, ""));
        return this;
    }

    /** Adds a body field that is refused. */
    public FieldTable refused(String name, String reason) {
        body.put(name, new Row(name, Type.ANY, Treatment.REFUSE, reason));
        return this;
    }

    /** Adds a query parameter. */
    public FieldTable parameter(String name, Treatment treatment) {
        query.put(name, new Row(name, Type.TEXT, treatment, ""));
        return this;
    }

    /** The row of a body field. */
    public Optional<Row> bodyRow(String name) {
        return Optional.ofNullable(body.get(name));
    }

    /** All rows of body fields. */
    public List<Row> bodyRows() {
        return List.copyOf(body.values());
    }

    /** All rows of query parameters. */
    public List<Row> queryRows() {
        return List.copyOf(query.values());
    }

    /** Checks the query: refuses what is refused and what is repeated, and gives the names of dropped parameters. */
    public List<String> checkQuery(RequestHead head) {
        List<String> dropped = new ArrayList<>();
        head.query().keySet().forEach(name -> {
            Row row = query.get(name);
            if (row == null || row.treatment() == Treatment.DROP) {
                addDropped(dropped, "?" + name);
            } else {
                head.queryParameter(name);
            }
        });
        return dropped;
    }

    /** The fault for a refused field. */
    static GatewayException refusal(Row row) {
        return new GatewayException(
                GatewayErrorCode.UNSUPPORTED_FIELD, "The field '" + row.name() + "' is not supported. " + row.reason());
    }

    /** Adds a name to a bounded list: names are the client's own text. */
    static void addDropped(List<String> dropped, String name) {
        if (dropped.size() < MOST_DROPPED) {
            dropped.add(name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name);
        }
    }
}

package dev.snowgate.gateway.snowflake.driver;

import dev.snowgate.gateway.snowflake.StrictJson;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.StatementStatus;
import dev.snowgate.model.statement.StatementState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The status of a statement from the ledger, built field by field. */
final class DriverMonitoring {
    private DriverMonitoring() {}

    /** The list of one statement under the id that was asked for, or the empty list that stands for an unknown id. */
    static ObjectNode of(String askedId, Optional<StatementStatus> asked) {
        ObjectNode data = StrictJson.object();
        ArrayNode queries = data.putArray("queries");
        asked.ifPresent(known -> queries.add(query(askedId, known)));
        return data;
    }

    private static ObjectNode query(String askedId, StatementStatus known) {
        LedgerEntry entry = known.entry();
        ObjectNode query = StrictJson.object();
        query.put("id", askedId);
        query.put("status", status(entry.state()));
        query.put("state", status(entry.state()));
        query.put("sqlText", known.text());
        query.put("startTime", entry.receivedAt().toEpochMilli());
        query.put("endTime", known.endedAt().map(Instant::toEpochMilli).orElse(0L));
        query.put(
                "totalDuration",
                known.endedAt()
                        .map(end -> Duration.between(entry.receivedAt(), end).toMillis())
                        .orElse(0L));
        // Text, empty where there is none: Go reads a text and takes any other than empty for a failure.
        query.put(
                "errorCode",
                entry.error().map(LedgerEntry.StoredError::wireCode).orElse(""));
        query.put(
                "errorMessage",
                entry.error().map(LedgerEntry.StoredError::message).orElse(null));
        query.put("warehouseName", entry.context().warehouse().orElse(""));
        query.set("stats", StrictJson.object());
        return query;
    }

    // Never BLOCKED: three drivers take it for an error.
    private static String status(StatementState state) {
        return switch (state) {
            case RECEIVED, CLEARED, SENT, STARTED -> "RUNNING";
            case HELD, RELEASED -> "QUEUED";
            case SUCCEEDED -> "SUCCESS";
            case FAILED, REFUSED, DENIED -> "FAILED_WITH_ERROR";
            case EXPIRED, CANCELLED, ABANDONED -> "ABORTED";
            case OUTCOME_UNKNOWN -> "FAILED_WITH_INCIDENT";
        };
    }
}

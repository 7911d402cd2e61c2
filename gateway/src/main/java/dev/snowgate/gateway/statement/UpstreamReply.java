package dev.snowgate.gateway.statement;

import dev.snowgate.model.statement.QueryId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Snowflake answered. */
public sealed interface UpstreamReply {
    /** Not finished; ask again by the query id. */
    record InProgress(QueryId queryId) implements UpstreamReply {}

    /**
     * Finished with a result.
     *
     * @param queryId the upstream's id
     * @param columns the result's columns in order
     * @param rows rows of the whole result
     * @param inlineRows rows in this reply
     * @param chunks chunks or partitions that follow
     * @param finalContext names in force after it: keys {@code database}, {@code schema}, {@code warehouse}, {@code role}, only
     *     those that the reply says; never present in the SQL API
     * @param childIds query ids of the statements of a multi-statement request, in order
     * @param statementTypeId Snowflake's statement type, 0 if unknown
     * @param body the reply itself
     */
    record Complete(
            QueryId queryId,
            List<ReplyColumn> columns,
            long rows,
            long inlineRows,
            int chunks,
            Map<String, Optional<String>> finalContext,
            List<QueryId> childIds,
            long statementTypeId,
            ReplyBody body)
            implements UpstreamReply {}

    /**
     * Finished with an error.
     *
     * @param queryId the upstream's id, if it made one
     * @param code Snowflake's code as text
     * @param message Snowflake's message; may quote values: scrubbed before the agent sees it where protected columns are used
     * @param line 1-based, -1 if none
     * @param pos 1-based, -1 if none
     */
    record Failed(Optional<QueryId> queryId, String code, String sqlState, String message, int line, int pos)
            implements UpstreamReply {
        @Override
        public String toString() {
            return "Failed[" + code + "]";
        }
    }
}

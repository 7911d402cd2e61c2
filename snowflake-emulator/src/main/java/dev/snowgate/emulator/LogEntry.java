package dev.snowgate.emulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One execution of one statement, or one describe. Statements of a multi-statement request have one entry each.
 *
 * @param session session id; empty for the SQL API, which has no session
 * @param dialect {@code driver} or {@code sqlapi}
 * @param parentQueryId id of the multi-statement request that this statement belongs to
 * @param bindings whether bind values came with the statement; they are not kept
 * @param describe true for a compile-only request, which never runs
 * @param outcome RUNNING, SUCCESS, or FAILED with the code
 * @param rows rows returned or changed; -1 while unknown
 */
public record LogEntry(
        Instant time,
        String user,
        String role,
        String session,
        String dialect,
        String requestId,
        String queryId,
        @Nullable String parentQueryId,
        String sqlText,
        boolean bindings,
        @Nullable String queryTag,
        boolean describe,
        String outcome,
        long rows) {

    public LogEntry ended(String newOutcome, long newRows) {
        return new LogEntry(
                time,
                user,
                role,
                session,
                dialect,
                requestId,
                queryId,
                parentQueryId,
                sqlText,
                bindings,
                queryTag,
                describe,
                newOutcome,
                newRows);
    }
}

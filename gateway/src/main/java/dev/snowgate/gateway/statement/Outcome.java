package dev.snowgate.gateway.statement;

import dev.snowgate.model.statement.QueryId;
import dev.snowgate.model.statement.StatementId;
import java.util.Optional;

/** What the pipeline answers; the dialect writes it. */
public sealed interface Outcome {
    /** Not finished, or waiting for a person. {@code async}: the client asked not to wait. */
    record InProgress(StatementId id, Optional<QueryId> queryId, boolean async) implements Outcome {}

    /** Finished. */
    record Completed(StatementId id, QueryId queryId, MaskedReply reply) implements Outcome {}

    /** Ended with an error of ours or of Snowflake; the same words at every poll. */
    record Failed(StatementId id, Optional<QueryId> queryId, LedgerEntry.StoredError error, int httpStatus)
            implements Outcome {}
}

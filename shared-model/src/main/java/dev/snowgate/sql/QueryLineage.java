package dev.snowgate.sql;

import java.util.List;
import java.util.Optional;

/** What the analyser may ask about earlier statements of the same owner; answered from the ledger, never by I/O here. */
public interface QueryLineage {
    /** Output columns of an owned, finished query, empty if the id is unknown or owned by somebody else. */
    Optional<List<OutputColumn>> output(String queryId);

    /** Knows no query. */
    QueryLineage NONE = queryId -> Optional.empty();
}

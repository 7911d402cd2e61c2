package dev.snowgate.sql;

import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.Deadline;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.Token;
import java.util.List;
import java.util.Optional;

/** What holds for all statements of one text while it is read: limits, the time left, and who else reads it. */
record Reading(AnalysisLimits limits, Deadline deadline, Witness witness) {
    /** Another reader of the same tokens. */
    @FunctionalInterface
    interface Witness {
        /** The tables that it sees, as written, or nothing if it has no opinion. */
        Optional<List<List<Name>>> tables(List<Token> statement);
    }

    /** A cursor under the limits. */
    Cursor cursor(List<Token> tokens) {
        return new Cursor(tokens, limits.maxDepth(), deadline);
    }
}

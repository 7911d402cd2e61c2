package dev.snowgate.sql;

import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.Deadline;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.Token;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What holds for all statements of one text while it is read: limits, the time left, and who else reads it.
 *
 * @param missing names of objects that the catalog does not know, gathered on the way: asking for them and analysing again may help
 * @param calls bodies of routines that are being read, the innermost first
 * @param unread names of routines of which not all is known, and of objects in their bodies: asking for them and analysing again may help
 */
record Reading(
        AnalysisLimits limits,
        Deadline deadline,
        Witness witness,
        Set<ObjectName> missing,
        Deque<ObjectName> calls,
        Set<ObjectName> unread) {
    /** Another reader of the same tokens. */
    @FunctionalInterface
    interface Witness {
        /**
         * The tables that it sees, as written, or nothing if it has no opinion.
         *
         * @param millis when it must have ended, from now
         */
        Optional<List<List<Name>>> tables(List<Token> statement, long millis);
    }

    /** A cursor under the limits. */
    Cursor cursor(List<Token> tokens) {
        return new Cursor(tokens, limits.maxDepth(), deadline);
    }
}

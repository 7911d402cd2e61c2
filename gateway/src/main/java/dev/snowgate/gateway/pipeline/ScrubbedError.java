package dev.snowgate.gateway.pipeline;

import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.sql.StatementAnalysis;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What the agent is told of Snowflake's error. Run-time errors quote values ("Numeric value 'x' is not recognized"), so the text
 * of a statement that uses a protected column loses everything that may be a value; code and position stay.
 */
final class ScrubbedError {
    private static final Pattern QUOTE = Pattern.compile("['\"]|\\$\\$");
    private static final Pattern NUMBER = Pattern.compile("\\d{3,}");
    /** Compile errors speak of names and syntax, not of values. */
    private static final Set<String> COMPILE_CODES =
            Set.of("001003", "002003", "002043", "003001", "000904", "000604", "000606", "000630");

    private ScrubbedError() {}

    static LedgerEntry.StoredError of(AnalysedStatement analysed, UpstreamReply.Failed failed) {
        boolean protectedColumns = analysed.statements().stream().anyMatch(one -> usesProtected(analysed, one));
        String message =
                protectedColumns && !COMPILE_CODES.contains(failed.code()) ? scrub(failed.message()) : failed.message();
        return new LedgerEntry.StoredError(failed.code(), failed.sqlState(), message, failed.line(), failed.pos());
    }

    private static boolean usesProtected(AnalysedStatement analysed, StatementAnalysis statement) {
        return statement.readColumns().stream()
                        .anyMatch(c -> analysed.catalog().protection(c).isPresent())
                || statement.objects().stream().anyMatch(use -> !use.known());
    }

    /** From the first quote to the last, because a value may hold quotes itself; to the end where they do not close. */
    static String scrub(String message) {
        List<MatchResult> quotes = QUOTE.matcher(message).results().toList();
        String bare = message;
        if (!quotes.isEmpty()) {
            boolean closed = quotes.size() % 2 == 0;
            bare = message.substring(0, quotes.getFirst().start()) + "'…'"
                    + (closed ? message.substring(quotes.getLast().end()) : "");
        }
        return NUMBER.matcher(bare).replaceAll("…")
                + " (values are hidden, because the statement uses protected columns)";
    }
}

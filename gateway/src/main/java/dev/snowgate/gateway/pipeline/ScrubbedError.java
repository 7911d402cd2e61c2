package dev.snowgate.gateway.pipeline;

import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.masking.MaskPlan;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the agent is told of Snowflake's error. Run-time errors quote values ("Numeric value 'x' is not recognized"), so unless no
 * hidden value can be in it, a text loses everything that may be a value; code and position stay.
 */
final class ScrubbedError {
    private static final String HIDDEN = "'…'";
    private static final String NOTE = " (values are hidden, because they may be of protected columns)";
    private static final Pattern QUOTE = Pattern.compile("['\"`]|\\$\\$");
    /** What an unquoted value follows. */
    private static final Pattern INTRODUCTION = Pattern.compile(
            "\\b(?:values?|string|date|time|timestamp\\w*|numeric|number|boolean|binary|interval|geography|geometry|variant|json|xml"
                    + "|keyword|near|cast|convert|parse|parsing|literal|key|input|element|row|execution error|uncaught|exception"
                    + "|found|got)\\b:?(?=\\s)",
            Pattern.CASE_INSENSITIVE);
    /** What follows it; the last one counts, because a value may hold such words itself. */
    private static final Pattern CONCLUSION = Pattern.compile(
            "\\s(?:(?:is|are) (?:not recognized|out of range|not valid|not supported|invalid|too long|too large|null)"
                    + "|to (?:FIXED|REAL|TEXT|VARCHAR|NUMBER|DATE|TIME|TIMESTAMP_?[LN]?T?Z?|BOOLEAN|BINARY|VARIANT|OBJECT|ARRAY))\\b");

    private static final Pattern MARKS = Pattern.compile("^\\(|[.,;:)]+$");
    /** Compile errors speak of names and syntax of the statement's own text, not of values. */
    private static final Set<String> COMPILE_CODES =
            Set.of("001003", "002003", "002043", "003001", "000904", "000604", "000606", "000630");

    private ScrubbedError() {}

    /** @param plans the masks that the statements run with, one plan per statement */
    static LedgerEntry.StoredError of(AnalysedStatement analysed, List<MaskPlan> plans, UpstreamReply.Failed failed) {
        boolean harmless = isOfOwnText(analysed, failed) || QuotableValues.areHarmless(analysed, plans);
        String message = harmless ? failed.message() : scrub(failed.message());
        return new LedgerEntry.StoredError(failed.code(), failed.sqlState(), message, failed.line(), failed.pos());
    }

    /** Scripts compile texts that they may have put together from values. */
    private static boolean isOfOwnText(AnalysedStatement analysed, UpstreamReply.Failed failed) {
        return COMPILE_CODES.contains(failed.code())
                && !analysed.statements().isEmpty()
                && analysed.statements().stream().noneMatch(QuotableValues::textMayBeOfValues);
    }

    /** The words of the message without what may be a value in it. */
    static String scrub(String message) {
        return words(withoutIntroduced(withoutQuoted(message))) + NOTE;
    }

    /** From the first quote to the last, because a value may hold quotes itself; to the end where they do not close. */
    private static String withoutQuoted(String message) {
        List<MatchResult> quotes = QUOTE.matcher(message).results().toList();
        if (quotes.isEmpty()) {
            return message;
        }
        boolean closed = quotes.size() % 2 == 0;
        return message.substring(0, quotes.getFirst().start())
                + HIDDEN
                + (closed ? message.substring(quotes.getLast().end()) : "");
    }

    private static String withoutIntroduced(String message) {
        Matcher introduction = INTRODUCTION.matcher(message);
        if (!introduction.find()) {
            return message;
        }
        int end = introduction.end();
        // "Numeric value", "variant value": all words that introduce stay.
        while (introduction.find()
                && message.substring(end, introduction.start()).isBlank()) {
            end = introduction.end();
        }
        String rest = message.substring(end);
        String conclusion = CONCLUSION
                .matcher(rest)
                .results()
                .reduce((one, next) -> next)
                .map(MatchResult::group)
                .orElse("");
        return message.substring(0, end) + " " + HIDDEN + conclusion;
    }

    private static String words(String message) {
        StringBuilder kept = new StringBuilder();
        for (String word : message.strip().split("\\s+")) {
            kept.append(kept.isEmpty() ? "" : " ").append(isOfErrors(word) ? word : "…");
        }
        return kept.toString();
    }

    private static boolean isOfErrors(String word) {
        String bare = MARKS.matcher(word).replaceAll("");
        return bare.equals(HIDDEN) || ErrorWords.contains(bare);
    }
}

package dev.snowgate.recording;

import dev.snowgate.sql.SqlAnalysis;
import dev.snowgate.sql.StatementAnalysis;
import java.util.List;
import java.util.Optional;

/**
 * An analysis as it is kept in clear: everything but the texts, which hold literals and are kept sealed.
 *
 * @param statements the statements in order; empty if not understood
 * @param problem why it was not understood, empty if it was
 */
public record RecordedAnalysis(List<StatementAnalysis> statements, Optional<Problem> problem) {
    public RecordedAnalysis {
        statements = List.copyOf(statements);
    }

    /** The record of an analysis. */
    public static RecordedAnalysis from(SqlAnalysis analysis) {
        return switch (analysis) {
            case SqlAnalysis.Understood understood -> new RecordedAnalysis(understood.statements(), Optional.empty());
            case SqlAnalysis.NotUnderstood not ->
                new RecordedAnalysis(
                        List.of(),
                        Optional.of(
                                new Problem(not.construct(), not.reason(), not.advice(), not.line(), not.column())));
        };
    }

    /**
     * What was not understood.
     *
     * @param construct the construct in the field's words
     * @param reason a sentence without literals
     * @param advice an accepted alternative, or empty text
     * @param line 1-based, 0 if unknown
     * @param column 1-based, 0 if unknown
     */
    public record Problem(String construct, String reason, String advice, int line, int column) {}
}

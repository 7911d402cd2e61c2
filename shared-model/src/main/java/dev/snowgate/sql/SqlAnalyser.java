package dev.snowgate.sql;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.sql.syntax.Deadline;
import dev.snowgate.sql.syntax.Lexed;
import dev.snowgate.sql.syntax.Lexer;
import dev.snowgate.sql.syntax.SyntaxProblem;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads Snowflake SQL: what each statement of a text does, or that it is not understood. Pure, synchronous and thread-safe; never throws, whatever
 * the text. Deep nesting needs stack: call it from a thread with some megabytes of it, or get a refusal.
 */
public final class SqlAnalyser {
    private static final Set<StatementKind> DESCRIBABLE = EnumSet.of(
            StatementKind.SELECT,
            StatementKind.INSERT,
            StatementKind.UPDATE,
            StatementKind.DELETE,
            StatementKind.MERGE,
            StatementKind.SHOW,
            StatementKind.DESCRIBE);

    private final AnalysisLimits limits;

    private final Reading.Witness witness;

    public SqlAnalyser(AnalysisLimits limits) {
        this(limits, SecondReader::tables);
    }

    SqlAnalyser(AnalysisLimits limits, Reading.Witness witness) {
        this.limits = limits;
        this.witness = witness;
    }

    /** Whether a statement can be prepared: answered with its columns without running it. */
    public static boolean describable(StatementAnalysis statement) {
        return DESCRIBABLE.contains(statement.kind())
                && !statement.flags().contains("dynamic-columns")
                && !statement.flags().contains("flow");
    }

    /** What the text does in that session over that catalog; earlier results of the same owner are asked from {@code lineage}. */
    public SqlAnalysis analyse(String text, SessionContext context, CatalogSnapshot catalog, QueryLineage lineage) {
        Optional<ExecutedText> executed = Optional.empty();
        Reading reading = new Reading(
                limits,
                Deadline.in(limits.parseMillis()),
                witness,
                new LinkedHashSet<>(),
                new ArrayDeque<>(),
                new LinkedHashSet<>());
        try {
            if (text.length() > limits.maxRawChars()) {
                throw new SyntaxProblem(
                        "very long text",
                        "The text is longer than " + limits.maxRawChars() + " characters.",
                        "Send less at a time.",
                        -1);
            }
            Lexed lexed = Lexer.lex(text);
            executed = Optional.of(ExecutedTexts.of(lexed));
            return new SqlAnalysis.Understood(
                    executed.get(),
                    new TextReader(lexed, reading, lineage).statements(context, catalog),
                    List.copyOf(reading.unread()));
        } catch (SyntaxProblem problem) {
            return notUnderstood(text, executed, problem, reading);
        } catch (StackOverflowError e) {
            return notUnderstood(
                    text,
                    executed,
                    new SyntaxProblem("deep nesting", "The statement is nested too deep.", "Split the statement.", -1),
                    reading);
        } catch (RuntimeException | OutOfMemoryError e) {
            return notUnderstood(
                    text,
                    executed,
                    new SyntaxProblem(
                            "statement that failed to be read",
                            "The statement could not be read (" + e.getClass().getSimpleName() + ").",
                            "Write the statement in a simpler way.",
                            -1),
                    reading);
        }
    }

    private static SqlAnalysis notUnderstood(
            String text, Optional<ExecutedText> executed, SyntaxProblem problem, Reading reading) {
        int line = 0;
        int column = 0;
        if (problem.at() >= 0 && problem.at() <= text.length()) {
            line = 1;
            column = 1;
            for (int i = 0; i < problem.at(); i++) {
                boolean newLine = text.charAt(i) == '\n'
                        || text.charAt(i) == '\r' && !(i + 1 < text.length() && text.charAt(i + 1) == '\n');
                line = newLine ? line + 1 : line;
                column = newLine ? 1 : column + 1;
            }
        }
        return new SqlAnalysis.NotUnderstood(
                executed,
                problem.construct(),
                problem.reason(),
                problem.advice(),
                line,
                column,
                missing(problem, reading));
    }

    private static List<ObjectName> missing(SyntaxProblem problem, Reading reading) {
        Set<ObjectName> missing = new LinkedHashSet<>(reading.missing());
        if (problem instanceof UnknownObject unknown) {
            missing.add(unknown.name());
        }
        missing.addAll(reading.unread());
        return List.copyOf(missing);
    }
}

package dev.snowgate.sql;

import dev.snowgate.catalog.ObjectName;
import java.util.List;
import java.util.Optional;

/** The answer of the analyser: understood as a whole, or not understood. There is no third. */
public sealed interface SqlAnalysis {
    /**
     * Every statement of the text was understood.
     *
     * @param unread names of called routines of which the catalog does not know all, and of objects in their bodies: asking for them and
     *     analysing again may help
     */
    record Understood(ExecutedText executed, List<StatementAnalysis> statements, List<ObjectName> unread)
            implements SqlAnalysis {
        public Understood {
            statements = List.copyOf(statements);
            unread = List.copyOf(unread);
        }

        /** Understood, with nothing to ask for. */
        public Understood(ExecutedText executed, List<StatementAnalysis> statements) {
            this(executed, statements, List.of());
        }
    }

    /**
     * The text is refused because we cannot prove what it does.
     *
     * @param executed the rebuilt text where the lexer accepted it, for the recording
     * @param construct the construct in the field's words, such as {@code COPY INTO location with a subquery}
     * @param reason a sentence for people and models; holds no literal of the text
     * @param advice an accepted alternative, or empty text
     * @param line 1-based line in the text, 0 if unknown
     * @param column 1-based column in the text, 0 if unknown
     * @param missing objects that the catalog does not know and that kept the text from being understood: asking for them and
     *     analysing again may help
     */
    record NotUnderstood(
            Optional<ExecutedText> executed,
            String construct,
            String reason,
            String advice,
            int line,
            int column,
            List<ObjectName> missing)
            implements SqlAnalysis {
        public NotUnderstood {
            missing = List.copyOf(missing);
        }

        /** Not understood for a reason that no catalog can mend. */
        public NotUnderstood(
                Optional<ExecutedText> executed, String construct, String reason, String advice, int line, int column) {
            this(executed, construct, reason, advice, line, column, List.of());
        }
    }
}

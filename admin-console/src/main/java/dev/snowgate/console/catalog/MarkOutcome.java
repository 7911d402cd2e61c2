package dev.snowgate.console.catalog;

import java.util.List;

/** What became of a wish to mark a column, or to take a mark away. */
public sealed interface MarkOutcome {
    /** It is done; the sentence says what holds now. */
    record Done(String sentence) implements MarkOutcome {}

    /** Nothing was changed: it would lower protection, which has to be confirmed. */
    record Lowers(List<String> consequences) implements MarkOutcome {
        public Lowers {
            consequences = List.copyOf(consequences);
        }
    }

    /** Nothing was changed; the sentence says why. */
    record Refused(String sentence) implements MarkOutcome {}
}

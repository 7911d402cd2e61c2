package dev.snowgate.console.catalog;

import dev.snowgate.catalog.ColumnName;
import java.util.List;

/** A mark or rule with the columns of which it speaks at the moment. */
public record RuleEntry(StoredMark mark, List<ColumnName> matches) {
    public RuleEntry {
        matches = List.copyOf(matches);
    }
}

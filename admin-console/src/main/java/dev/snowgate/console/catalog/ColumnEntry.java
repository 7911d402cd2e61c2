package dev.snowgate.console.catalog;

import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.Protection;
import java.util.List;
import java.util.Optional;

/**
 * A column as the page shows it.
 *
 * @param type Snowflake's type, empty text if it is not known
 * @param sources everything that protects it, the strongest first
 */
public record ColumnEntry(ColumnName name, String type, List<Protection> sources) {
    public ColumnEntry {
        sources = List.copyOf(sources);
    }

    /** The category that counts, empty if it is not protected. */
    public Optional<String> category() {
        return sources.stream().findFirst().map(Protection::category);
    }
}

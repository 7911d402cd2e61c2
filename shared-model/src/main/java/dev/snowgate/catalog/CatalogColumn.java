package dev.snowgate.catalog;

import java.util.Optional;
import java.util.Set;

/**
 * One column of an object, in its ordinal place.
 *
 * @param type Snowflake's type name in upper case; empty text if it is not known
 * @param protection why it is protected, if it is
 * @param tags tags of the column, each {@code NAME} or {@code NAME=value} with the tag's name as Snowflake stores it
 */
public record CatalogColumn(
        String name, String type, boolean nullable, Optional<Protection> protection, Set<String> tags) {
    public CatalogColumn {
        tags = Set.copyOf(tags);
    }

    /** A column without tags. */
    public CatalogColumn(String name, String type, boolean nullable, Optional<Protection> protection) {
        this(name, type, nullable, protection, Set.of());
    }

    /** The same under that protection instead of its own. */
    public CatalogColumn withProtection(Optional<Protection> other) {
        return new CatalogColumn(name, type, nullable, other, tags);
    }
}

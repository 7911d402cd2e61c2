package dev.snowgate.catalog;

import java.util.Optional;
import java.util.Set;

/**
 * One column of an object, in its ordinal place.
 *
 * @param type Snowflake's type name in upper case
 * @param protection why its values are protected, empty if they are not
 * @param tags tags of the column itself
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

    /** The same with another protection. */
    public CatalogColumn withProtection(Optional<Protection> other) {
        return new CatalogColumn(name, type, nullable, other, tags);
    }
}

package dev.snowgate.catalog;

import java.util.Optional;
import java.util.Set;

/**
 * One column of an object, in its ordinal place.
 *
 * @param type Snowflake's type name in upper case; empty text if it is not known
 * @param protection why it is protected, if it is
 * @param tags tags of the column, each as {@code NAME} and, if it has a value, also as {@code NAME=value}
 * @param maskedBy the masking policy that Snowflake itself applies to it, as {@code DATABASE.SCHEMA.NAME}
 */
public record CatalogColumn(
        String name,
        String type,
        boolean nullable,
        Optional<Protection> protection,
        Set<String> tags,
        Optional<String> maskedBy) {
    public CatalogColumn {
        tags = Set.copyOf(tags);
    }

    /** A column without tags and masking policy. */
    public CatalogColumn(String name, String type, boolean nullable, Optional<Protection> protection) {
        this(name, type, nullable, protection, Set.of(), Optional.empty());
    }

    /** The same under that protection instead of its own. */
    public CatalogColumn withProtection(Optional<Protection> other) {
        return new CatalogColumn(name, type, nullable, other, tags, maskedBy);
    }

    /** The same with other tags and another masking policy. */
    public CatalogColumn withGovernance(Set<String> otherTags, Optional<String> otherPolicy) {
        return new CatalogColumn(name, type, nullable, protection, otherTags, otherPolicy);
    }

    /** The same under another name. */
    public CatalogColumn named(String other) {
        return new CatalogColumn(other, type, nullable, protection, tags, maskedBy);
    }
}

package dev.snowgate.console.catalog;

/**
 * What the page looks for.
 *
 * @param words found in the name of an object or a column, or in a category, without regard to case; empty text finds all
 */
public record CatalogSearch(String words, Show show) {
    /** All of them. */
    public static final CatalogSearch ALL = new CatalogSearch("", Show.ALL);

    /** Which objects. */
    public enum Show {
        /** Every one. */
        ALL,
        /** Those with a protected column. */
        PROTECTED,
        /** Those with a column that a person marked in the console. */
        BY_HAND
    }
}

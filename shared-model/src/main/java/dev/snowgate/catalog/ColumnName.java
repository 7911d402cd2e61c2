package dev.snowgate.catalog;

/** A column of a catalogued object, as stored. */
public record ColumnName(ObjectName object, String column) implements Comparable<ColumnName> {
    /** Stands for every column of an object whose columns are not known. */
    public static final String ANY = "*";

    @Override
    public int compareTo(ColumnName other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return object + "." + column;
    }
}

package dev.snowgate.db;

/** A password on its way to the database; {@code toString} does not show it. */
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}

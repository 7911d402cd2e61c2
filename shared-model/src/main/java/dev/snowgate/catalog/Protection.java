package dev.snowgate.catalog;

/**
 * Why a column is protected.
 *
 * @param category lower-case category that policies speak of: {@code email}, {@code phone}, {@code ssn}, {@code name},
 *     {@code birth-date}, {@code free-text}, …
 * @param source where the mark comes from, for people: {@code yaml:catalog.yaml}, {@code tag:PII}, {@code rule:names},
 *     {@code derived:DB.S.T.C}
 */
public record Protection(String category, String source) {}

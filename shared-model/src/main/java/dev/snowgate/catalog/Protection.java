package dev.snowgate.catalog;

import java.util.Arrays;
import java.util.List;

/**
 * Why a column is protected.
 *
 * @param category lower-case category that policies speak of: {@code email}, {@code phone}, {@code ssn}, {@code name},
 *     {@code birth-date}, {@code free-text}, …
 * @param source where the mark comes from, for people: {@code yaml:catalog.yaml}, {@code tag:PII}, {@code rule:names},
 *     {@code derived:DB.S.T.C}
 */
public record Protection(String category, String source) {
    private static final List<String> AUTOMATIC = List.of("derived:", "tag:", "policy:", "rule:");

    /** Whether a person marked the column, and not only a rule over tags, policies, names or copies. */
    public boolean isExplicit() {
        return Arrays.stream(source.split(", "))
                .anyMatch(part -> AUTOMATIC.stream().noneMatch(part::startsWith));
    }
}

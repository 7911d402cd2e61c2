package dev.snowgate.console.text;

import java.util.regex.Pattern;

/** Titles of statements: verb, amount, object. */
public final class Titles {
    private static final String PART = "(?:[A-Za-z0-9_$]+|\"[^\"]+\")";
    private static final Pattern FULL_NAME = Pattern.compile(PART + "\\." + PART + "\\.(" + PART + ")");

    private Titles() {}

    /** The title with objects by their own name only, for lists. */
    public static String brief(String title) {
        return FULL_NAME.matcher(VisibleText.line(title, 300)).replaceAll("$1");
    }

    /** The title in full, for the page about the statement. */
    public static String full(String title) {
        return VisibleText.line(title, 300);
    }
}

package dev.snowgate.gateway.snowflake.client;

import java.util.Locale;
import java.util.Optional;

/**
 * Finds a view's query in the text that created it: what follows the first {@code AS} outside parentheses, quotes and comments.
 * Anything unexpected gives nothing, and a view without a query is one whose columns are all protected.
 */
final class ViewText {
    private final String text;
    private int at;

    private ViewText(String text) {
        this.text = text;
    }

    /** The query of {@code CREATE … VIEW … AS query}, or the text itself where it is a query already. */
    static Optional<String> query(String definition) {
        String text = definition.strip();
        String start = text.substring(0, Math.min(8, text.length())).toUpperCase(Locale.ROOT);
        if (start.startsWith("SELECT") || start.startsWith("WITH") || start.startsWith("(")) {
            return Optional.of(text);
        }
        return start.startsWith("CREATE") ? new ViewText(text).afterAs() : Optional.empty();
    }

    private Optional<String> afterAs() {
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\'' || c == '"') {
                skipQuoted(c);
            } else if (text.startsWith("--", at) || text.startsWith("//", at)) {
                skipPast("\n");
            } else if (text.startsWith("/*", at)) {
                skipPast("*/");
            } else if (text.startsWith("$$", at)) {
                at += 2;
                skipPast("$$");
            } else if (Character.isLetter(c) || c == '_') {
                String word = word();
                if (depth == 0 && word.equalsIgnoreCase("AS")) {
                    return Optional.of(text.substring(at).strip()).filter(query -> !query.isEmpty());
                }
            } else {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                at++;
            }
        }
        return Optional.empty();
    }

    private void skipQuoted(char quote) {
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\\' && quote == '\'') {
                at++;
            } else if (c == quote) {
                if (at < text.length() && text.charAt(at) == quote) {
                    at++;
                } else {
                    return;
                }
            }
        }
    }

    private void skipPast(String end) {
        int found = text.indexOf(end, at);
        at = found < 0 ? text.length() : found + end.length();
    }

    private String word() {
        int from = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_' || text.charAt(at) == '$')) {
            at++;
        }
        return text.substring(from, at);
    }
}

package dev.snowgate.console.text;

import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.ExecutedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Dotted names as they stand in a statement. */
final class Names {
    private Names() {}

    /** A dotted name: its parts as stored, and where it stands. */
    record Chain(List<String> parts, int start, int end, int token) {
        String last() {
            return parts.getLast();
        }

        /** Whether these parts can mean that object. */
        boolean means(ObjectName object) {
            List<String> full = List.of(object.database(), object.schema(), object.name());
            return parts.size() <= 3 && full.subList(3 - parts.size(), 3).equals(parts);
        }
    }

    static List<Chain> chains(ExecutedText executed) {
        List<Chain> chains = new ArrayList<>();
        List<ExecutedText.TokenSpan> tokens = executed.tokens();
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).tokenClass() != ExecutedText.TokenClass.NAME) {
                continue;
            }
            int first = i;
            List<String> parts = new ArrayList<>(List.of(folded(executed, tokens.get(i))));
            while (i + 2 < tokens.size() && isDot(executed, tokens.get(i + 1)) && isWord(tokens.get(i + 2))) {
                i += 2;
                parts.add(folded(executed, tokens.get(i)));
            }
            chains.add(new Chain(
                    parts,
                    tokens.get(first).span().start(),
                    tokens.get(i).span().end(),
                    first));
        }
        return chains;
    }

    static String folded(ExecutedText executed, ExecutedText.TokenSpan token) {
        String text =
                executed.text().substring(token.span().start(), token.span().end());
        return text.startsWith("\"") && text.length() > 1
                ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
                : text.toUpperCase(Locale.ROOT);
    }

    private static boolean isDot(ExecutedText executed, ExecutedText.TokenSpan token) {
        return token.span().end() - token.span().start() == 1
                && executed.text().charAt(token.span().start()) == '.';
    }

    private static boolean isWord(ExecutedText.TokenSpan token) {
        return token.tokenClass() == ExecutedText.TokenClass.NAME
                || token.tokenClass() == ExecutedText.TokenClass.KEYWORD;
    }
}

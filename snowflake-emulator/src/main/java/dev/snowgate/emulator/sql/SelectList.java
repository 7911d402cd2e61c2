package dev.snowgate.emulator.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Gives the columns of the outermost SELECT the names that Snowflake would report: the upper-cased expression. */
final class SelectList {
    private static final Set<String> ENDS = Set.of(
            "FROM",
            "WHERE",
            "GROUP",
            "HAVING",
            "QUALIFY",
            "ORDER",
            "LIMIT",
            "UNION",
            "EXCEPT",
            "MINUS",
            "INTERSECT",
            "FETCH",
            "INTO");
    private static final Set<String> NOT_ALIASES =
            Set.of("END", "NULL", "TRUE", "FALSE", "DATE", "TIMESTAMP", "CURRENT_DATE", "CURRENT_TIMESTAMP");

    private SelectList() {}

    static List<Token> alias(String source, List<Token> tokens) {
        int select = find(tokens);
        if (select < 0) {
            return tokens;
        }
        int from = select + 1;
        while (from < tokens.size()
                && (tokens.get(from).is("DISTINCT") || tokens.get(from).is("ALL"))) {
            from++;
        }
        if (from + 1 < tokens.size()
                && tokens.get(from).is("TOP")
                && tokens.get(from + 1).type() == Token.Type.NUMBER) {
            from += 2;
        }
        int to = end(tokens, from);
        List<Token> out = new ArrayList<>(tokens.subList(0, from));
        boolean first = true;
        for (List<Token> item : Calls.split(tokens.subList(from, to))) {
            if (!first) {
                out.add(new Token(Token.Type.OP, ",", ",", -1, -1));
            }
            first = false;
            out.addAll(item);
            if (needsName(item)) {
                out.add(Token.word("AS"));
                String name = name(source, item);
                out.add(new Token(Token.Type.QUOTED, name, name, -1, -1));
            }
        }
        out.addAll(tokens.subList(to, tokens.size()));
        return out;
    }

    private static int find(List<Token> tokens) {
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).is("(")) {
                depth++;
            } else if (tokens.get(i).is(")")) {
                depth--;
            } else if (depth == 0 && tokens.get(i).is("SELECT")) {
                return i;
            }
        }
        return -1;
    }

    private static int end(List<Token> tokens, int from) {
        int depth = 0;
        for (int i = from; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.is("(") || token.is("[")) {
                depth++;
            } else if (token.is(")") || token.is("]")) {
                if (depth-- == 0) {
                    return i;
                }
            } else if (depth == 0
                    && token.type() == Token.Type.WORD
                    && ENDS.contains(token.text())
                    && !tokens.get(i - 1).is("WITHIN")) {
                return i;
            }
        }
        return tokens.size();
    }

    private static boolean needsName(List<Token> item) {
        if (item.isEmpty() || star(item)) {
            return false;
        }
        int size = item.size();
        if (item.stream().allMatch(t -> t.isName() || t.is("."))
                && (size == 1 || item.get(1).is("."))) {
            // a column keeps its own name; a bare word such as CURRENT_USER is a function call without brackets
            return size == 1
                    && item.getFirst().type() == Token.Type.WORD
                    && item.getFirst().text().startsWith("CURRENT_");
        }
        Token last = item.get(size - 1);
        if (size >= 2 && last.isName()) {
            Token before = item.get(size - 2);
            boolean operandBefore = before.isName() && !before.is("END")
                    || before.is(")")
                    || before.is("]")
                    || before.is("END")
                    || before.type() == Token.Type.STRING
                    || before.type() == Token.Type.NUMBER
                    || before.type() == Token.Type.PARAM
                    || before.type() == Token.Type.VARIABLE
                    || before.type() == Token.Type.RAW;
            boolean alias = last.type() == Token.Type.QUOTED || !NOT_ALIASES.contains(last.text());
            return !(operandBefore && alias) || before.is("IS") || before.is("NOT");
        }
        return true;
    }

    /** Whether an item is {@code *} or {@code t.*}, perhaps with EXCLUDE or ILIKE, rather than a product. */
    private static boolean star(List<Token> item) {
        return item.getFirst().is("*")
                || item.stream().limit(6).anyMatch(t -> t.is("*"))
                        && item.get(1).is(".");
    }

    private static String name(String source, List<Token> item) {
        int start = item.getFirst().start();
        int end = item.getLast().end();
        if (start < 0 || end < 0) {
            return Calls.render(item);
        }
        if (item.size() == 1 && item.getFirst().type() == Token.Type.STRING) {
            return source.substring(start, end);
        }
        return source.substring(start, end).toUpperCase(Locale.ROOT);
    }
}

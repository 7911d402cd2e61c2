package dev.snowgate.emulator.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Replaces variant paths such as {@code meta:channel[0].name::string} by JSON operators. */
final class Paths {
    private static final Set<String> COMPARISONS =
            Set.of("=", "<>", "!=", "<", ">", "<=", ">=", "LIKE", "ILIKE", "IN", "NOT", "BETWEEN");

    private Paths() {}

    static List<Token> translate(List<Token> tokens) {
        List<Token> out = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean path = token.is(":")
                    && !out.isEmpty()
                    && i + 1 < tokens.size()
                    && tokens.get(i + 1).isName();
            if (!path) {
                out.add(token);
                continue;
            }
            int baseAt = baseStart(out);
            String base = Calls.render(out.subList(baseAt, out.size()));
            boolean compared = baseAt > 0 && isComparison(out.get(baseAt - 1));
            StringBuilder steps = new StringBuilder("$");
            i = readSteps(tokens, i + 1, steps);
            Token next = i + 1 < tokens.size() ? tokens.get(i + 1) : Token.raw("");
            boolean cast = next.is("::")
                    && i + 2 < tokens.size()
                    && !Types.isJson(tokens.get(i + 2).text());
            String operator = cast || compared || isComparison(next) ? " ->> '" : " -> '";
            out.subList(baseAt, out.size()).clear();
            out.add(Token.raw("(" + base + operator + steps.toString().replace("'", "''") + "')"));
        }
        return out;
    }

    private static boolean isComparison(Token token) {
        return (token.type() == Token.Type.OP || token.type() == Token.Type.WORD) && COMPARISONS.contains(token.text());
    }

    private static int baseStart(List<Token> out) {
        int at = out.size() - 1;
        if (out.get(at).is(")") || out.get(at).is("]")) {
            int depth = 0;
            for (; at >= 0; at--) {
                if (out.get(at).is(")") || out.get(at).is("]")) {
                    depth++;
                } else if (out.get(at).is("(") || out.get(at).is("[")) {
                    if (--depth == 0) {
                        break;
                    }
                }
            }
            at = Math.max(at, 0);
            if (at > 0 && out.get(at - 1).isName()) {
                at--;
            }
        }
        while (at >= 2 && out.get(at - 1).is(".") && out.get(at - 2).isName()) {
            at -= 2;
        }
        return at;
    }

    private static int readSteps(List<Token> tokens, int from, StringBuilder steps) {
        int at = from;
        name(tokens.get(at), steps);
        while (at + 1 < tokens.size()) {
            Token next = tokens.get(at + 1);
            if (next.is(".") && at + 2 < tokens.size() && tokens.get(at + 2).isName()) {
                name(tokens.get(at + 2), steps);
                at += 2;
            } else if (next.is("[")
                    && at + 3 < tokens.size()
                    && tokens.get(at + 3).is("]")) {
                Token index = tokens.get(at + 2);
                if (index.type() == Token.Type.STRING) {
                    steps.append(".\"").append(index.text()).append('"');
                } else {
                    steps.append('[').append(index.text()).append(']');
                }
                at += 3;
            } else {
                break;
            }
        }
        return at;
    }

    private static void name(Token token, StringBuilder steps) {
        // The source's case is kept: JSON keys are case-sensitive although the words of SQL are not.
        steps.append(".\"")
                .append(token.type() == Token.Type.WORD ? token.original() : token.text())
                .append('"');
    }
}

package dev.snowgate.sql;

import dev.snowgate.sql.syntax.Expr;
import dev.snowgate.sql.syntax.Lexed;
import dev.snowgate.sql.syntax.Lexer;
import dev.snowgate.sql.syntax.SyntaxProblem;
import dev.snowgate.sql.syntax.Token;
import java.util.ArrayList;
import java.util.List;

/** Calls of LAST_QUERY_ID in a text, so that they can be replaced by literals before the text is analysed. */
public final class QueryIds {
    private QueryIds() {}

    /**
     * Every call of LAST_QUERY_ID in the text; the literal of each is the canonical call, such as {@code LAST_QUERY_ID(-1)}, which is also
     * what {@link QueryLineage#output} is asked when a call stands in RESULT_SCAN. Empty if the text cannot be read.
     */
    public static List<QueryIdUse> lastQueryIdCalls(String text) {
        Lexed lexed;
        try {
            lexed = Lexer.lex(text);
        } catch (SyntaxProblem problem) {
            return List.of();
        }
        List<QueryIdUse> found = new ArrayList<>();
        List<Token> tokens = lexed.tokens();
        for (int i = 0; i + 2 < tokens.size(); i++) {
            boolean dotted = i > 0 && tokens.get(i - 1).is(".");
            if (!dotted
                    && tokens.get(i).is("LAST_QUERY_ID")
                    && tokens.get(i + 1).is("(")) {
                int close = i + 2;
                StringBuilder argument = new StringBuilder();
                while (close < tokens.size() && !tokens.get(close).is(")") && close < i + 5) {
                    argument.append(tokens.get(close++).text());
                }
                if (close < tokens.size() && tokens.get(close).is(")")) {
                    found.add(new QueryIdUse(
                            canonical(argument.toString()),
                            new TextSpan(
                                    tokens.get(i).start(), tokens.get(close).end()),
                            "LAST_QUERY_ID"));
                }
            }
        }
        return found;
    }

    /** Whether the argument counts statements as those of LAST_QUERY_ID do. */
    static boolean isNumber(Expr argument) {
        Expr counted = argument instanceof Expr.Operator sign && sign.name().equals("unary -")
                ? sign.operands().getFirst()
                : argument;
        return counted instanceof Expr.Literal literal && literal.isNumber();
    }

    /** The canonical call for the one of LAST_QUERY_ID, or for another with the same argument. */
    static String lastQueryId(Expr.Call call) {
        if (call.arguments().isEmpty()) {
            return canonical("");
        }
        Expr argument = call.arguments().getFirst().value();
        if (call.arguments().size() == 1
                && argument instanceof Expr.Literal literal
                && literal.isNumber()
                && literal.token() != null) {
            return canonical(literal.token().text());
        }
        if (argument instanceof Expr.Operator sign
                && sign.name().equals("unary -")
                && sign.operands().getFirst() instanceof Expr.Literal literal
                && literal.isNumber()
                && literal.token() != null) {
            return canonical("-" + literal.token().text());
        }
        throw new SyntaxProblem(
                "LAST_QUERY_ID with a computed number",
                "The argument of LAST_QUERY_ID is not a number.",
                "Use LAST_QUERY_ID() or LAST_QUERY_ID(-n).",
                call.start());
    }

    private static String canonical(String argument) {
        return "LAST_QUERY_ID(" + (argument.isEmpty() ? "-1" : argument) + ")";
    }
}

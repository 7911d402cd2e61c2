package dev.snowgate.sql;

import dev.snowgate.sql.ExecutedText.TokenClass;
import dev.snowgate.sql.ExecutedText.TokenSpan;
import dev.snowgate.sql.syntax.Keywords;
import dev.snowgate.sql.syntax.Lexed;
import dev.snowgate.sql.syntax.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Makes the text that is executed, and the one change of literals that is allowed in it: query ids. */
public final class ExecutedTexts {
    private ExecutedTexts() {}

    static ExecutedText of(Lexed lexed) {
        StringBuilder shape = new StringBuilder();
        List<String> literals = new ArrayList<>();
        List<TokenSpan> spans = new ArrayList<>();
        String text = lexed.text();
        int from = 0;
        for (Token token : lexed.tokens()) {
            spans.add(new TokenSpan(new TextSpan(token.start(), token.end()), tokenClass(token)));
            if (token.isLiteral()) {
                shape.append(text, from, token.start());
                literals.add(token.text());
                shape.append('‹').append(literals.size()).append('›');
                from = token.end();
            }
        }
        shape.append(text, from, text.length());
        return new ExecutedText(text, shape.toString(), literals, lexed.comments(), spans);
    }

    private static TokenClass tokenClass(Token token) {
        return switch (token.type()) {
            case STRING, DOLLAR_STRING, NUMBER -> TokenClass.LITERAL;
            case OPERATOR, END -> TokenClass.OPERATOR;
            case WORD -> Keywords.isKeyword(token.word()) ? TokenClass.KEYWORD : TokenClass.NAME;
            case QUOTED, STAGE, POSITIONAL, VARIABLE -> TokenClass.NAME;
        };
    }

    /** The text with the given parts replaced, as written; the parts must not overlap. */
    public static String replace(ExecutedText executed, Map<TextSpan, String> parts) {
        return replace(executed.text(), parts);
    }

    /** The text with the given parts replaced; the parts must not overlap. */
    public static String replace(String text, Map<TextSpan, String> parts) {
        StringBuilder out = new StringBuilder(text);
        parts.entrySet().stream()
                .sorted(Comparator.comparing(
                                (Map.Entry<TextSpan, String> e) -> e.getKey().start())
                        .reversed())
                .forEach(e -> out.replace(e.getKey().start(), e.getKey().end(), e.getValue()));
        return out.toString();
    }
}

package dev.snowgate.console.catalog;

import dev.snowgate.sql.syntax.Lexer;
import dev.snowgate.sql.syntax.SyntaxProblem;
import dev.snowgate.sql.syntax.Token;
import java.util.List;

/** The query inside a view's definition: Snowflake gives the whole CREATE VIEW statement. */
final class ViewQuery {
    private ViewQuery() {}

    /** The text after the AS that ends the head; the definition itself if it is a query or not readable. */
    static String of(String definition) {
        try {
            List<Token> tokens = Lexer.lex(definition).tokens();
            if (tokens.isEmpty() || !tokens.getFirst().is("CREATE")) {
                return definition;
            }
            int depth = 0;
            for (Token token : tokens) {
                depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
                if (depth == 0 && token.is("AS")) {
                    return definition.substring(token.end()).strip();
                }
            }
            return definition;
        } catch (SyntaxProblem unreadable) {
            // The analyser will not understand it either, and then protects every column of the view.
            return definition;
        }
    }
}

package dev.snowgate.sql;

import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.syntax.Expr;
import dev.snowgate.sql.syntax.Token;
import java.util.Locale;

/** Functions that open staged files: what is in a file is not known, so neither is what they give. */
final class FileContents {
    private FileContents() {}

    /** Whether the call opens a file; the stage is recorded where the text names it. */
    static boolean areRead(Expr.Call call, Facts facts, Namespace names) {
        String name = call.function().toUpperCase(Locale.ROOT);
        boolean opens = name.equals("TO_FILE") || name.equals("TRY_TO_FILE") || name.endsWith(".PARSE_DOCUMENT");
        boolean located = false;
        for (Expr.Argument argument : call.arguments()) {
            Token literal = argument.value() instanceof Expr.Literal value ? value.token() : null;
            if (literal == null || Builtins.is(name, "file")) {
                continue;
            }
            boolean stage = literal.type() == Token.Type.STAGE;
            if (stage || opens && literal.isText() && literal.content().startsWith("@")) {
                FileStatements.stage(facts, names, literal.content(), literal.start(), Effect.READ);
                located = true;
            }
        }
        if (opens && !located) {
            // where the file lies is computed, or comes out of a table
            facts.object(new ObjectName("", "", "FILE"), ObjectKind.STAGE, Effect.READ, false);
        }
        if (opens || located) {
            facts.flag("stage-read");
        }
        return opens || located;
    }
}

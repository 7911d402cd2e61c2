package dev.snowgate.sql;

import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.ScriptSpan;
import dev.snowgate.sql.syntax.SyntaxProblem;
import dev.snowgate.sql.syntax.Token;
import java.util.List;

/** Chooses the rules by the leading keywords; a first word that is not listed is not understood. */
final class StatementReader {
    private StatementReader() {}

    static void read(Draft draft) {
        Cursor c = draft.c;
        int start = c.position();
        Token first = c.peek();
        if (ScriptSpan.startsAt(c.from(start), 0)) {
            ScriptStatements.read(draft);
            return;
        }
        if (Flow.startsAt(c)) {
            Flow.read(draft);
            return;
        }
        switch (first.word()) {
            case "SELECT", "WITH", "VALUES", "(" -> {
                if (Routines.startsAnonymous(c)) {
                    Routines.anonymous(draft);
                    return;
                }
                QueryStatements.read(draft);
                end(c);
            }
            case "INSERT" -> InsertStatements.read(draft);
            case "UPDATE", "DELETE", "TRUNCATE" -> ChangeStatements.read(draft);
            case "MERGE" -> MergeStatements.read(draft);
            case "CREATE", "DEFINE" -> CreateStatements.read(draft);
            case "ALTER" -> AlterStatements.read(draft);
            case "DROP", "UNDROP", "COMMENT" -> DropStatements.read(draft);
            case "COPY", "PUT", "GET", "LIST", "LS", "REMOVE", "RM" -> FileStatements.read(draft);
            case "GRANT", "REVOKE" -> GrantStatements.read(draft);
            case "USE", "SET", "UNSET", "BEGIN", "START", "COMMIT", "ROLLBACK" -> SessionStatements.read(draft);
            case "SHOW", "DESCRIBE", "DESC", "EXPLAIN" -> MetadataStatements.read(draft);
            case "CALL", "EXECUTE" -> CodeStatements.read(draft);
            default ->
                throw new SyntaxProblem(
                        first.type() == Token.Type.WORD
                                ? "statement " + first.word()
                                : "statement without a leading keyword",
                        "The kind of the statement is not known.",
                        "Start with a statement keyword such as SELECT, INSERT or SHOW.",
                        first.start());
        }
        StageChanges.note(draft);
        if (draft.facts.flags.contains(ExprLineage.UNKNOWN_COLUMN)) {
            refuseHiddenFrom(c.from(start));
        }
        SecondReader.check(draft.reading, c.from(start), draft.facts.objects(), draft.names);
    }

    /** {@code SELECT a.FROM t}: whoever reads the word as FROM sees a table, where we see a column of nothing. */
    private static void refuseHiddenFrom(List<Token> tokens) {
        for (int i = 1; i < tokens.size(); i++) {
            Token before = tokens.get(i - 1);
            if (tokens.get(i).is("FROM") && (before.is(".") || before.is(":") || before.is("AS"))) {
                throw new SyntaxProblem(
                        "unknown column",
                        "A column is named in a query that reads from nothing.",
                        "Write FROM and a table.",
                        tokens.get(i).start());
            }
        }
    }

    /** Every token must have been read by a rule. */
    static void end(Cursor c) {
        if (!c.atEnd()) {
            throw c.unexpected("the end of the statement");
        }
    }

    /** Takes the rest without reading it: only for statements that policies judge by kind and objects alone. */
    static void skipRest(Cursor c) {
        while (!c.atEnd()) {
            c.next();
        }
    }
}

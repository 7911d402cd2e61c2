package dev.snowgate.sql;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.sql.syntax.Lexed;
import dev.snowgate.sql.syntax.SyntaxProblem;
import dev.snowgate.sql.syntax.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Splits a text into statements and reads each in the context and catalog that those before it leave. */
final class TextReader {
    private final Lexed lexed;
    private final Reading reading;
    private final AnalysisLimits limits;
    private final QueryLineage lineage;

    TextReader(Lexed lexed, Reading reading, QueryLineage lineage) {
        this.lexed = lexed;
        this.reading = reading;
        this.limits = reading.limits();
        this.lineage = lineage;
    }

    List<StatementAnalysis> statements(SessionContext context, CatalogSnapshot catalog) {
        List<List<Token>> parts = Splitter.split(lexed.tokens());
        if (parts.isEmpty()) {
            throw new SyntaxProblem("empty text", "The text holds no statement.", "Send a statement.", -1);
        }
        List<StatementAnalysis> statements = new ArrayList<>();
        SessionContext before = context;
        CatalogSnapshot overlay = context.overlay().over(catalog, context.temporaryObjects());
        Map<String, Taint> variables = SessionMemory.variables(context);
        Map<ObjectName, Rows> made = SessionMemory.rows(context);
        boolean known = true;
        int weight = 0;
        for (List<Token> tokens : parts) {
            if (!known) {
                throw new SyntaxProblem(
                        "statement after a CALL or script",
                        "What the statement before it leaves in the session is not known.",
                        "Send the statements one by one.",
                        tokens.getFirst().start());
            }
            reading.deadline().check();
            List<Token> folded = BulkValues.fold(tokens);
            weight = checkSize(folded, weight);
            Draft draft = new Draft(
                    reading.cursor(folded), new Namespace(before, overlay), lineage, variables, reading, made);
            if (folded.size() < tokens.size()) {
                draft.facts.flag("folded-rows");
            }
            StatementReader.read(draft);
            if (draft.facts.lastQueryId && !statements.isEmpty()) {
                throw new SyntaxProblem(
                        "LAST_QUERY_ID after another statement",
                        "The last query would be one of the same text, which has no id yet.",
                        "Send the statements one by one.",
                        tokens.getFirst().start());
            }
            statements.add(draft.finish(
                    new TextSpan(tokens.getFirst().start(), tokens.getLast().end()),
                    before,
                    MadeInText.of(catalog, overlay, made, draft)));
            before = statements.getLast().contextAfter();
            overlay = draft.catalogAfter();
            variables = draft.variables;
            made = draft.overlay;
            known = draft.afterKnown && !draft.compared;
        }
        return statements;
    }

    private int checkSize(List<Token> tokens, int before) {
        int chars = 0;
        for (Token token : tokens) {
            chars += token.isText() ? 8 : token.text().length() + 1;
        }
        if (tokens.size() > limits.maxTokens() || chars + before > limits.maxChars()) {
            throw new SyntaxProblem(
                    "very long statement",
                    "The statement has more than " + limits.maxTokens() + " tokens or " + limits.maxChars()
                            + " characters.",
                    "Send less at a time.",
                    tokens.getFirst().start());
        }
        return chars + before;
    }
}

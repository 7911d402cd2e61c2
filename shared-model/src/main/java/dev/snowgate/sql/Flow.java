package dev.snowgate.sql;

import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.SyntaxProblem;
import dev.snowgate.sql.syntax.Token;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A chain of statements with {@code ->>}: each step is read after those before it, and {@code $n} is the result of the n-th step before. */
final class Flow {
    private static final int MAX_STEPS = 50;
    private static final Set<StatementKind> METADATA =
            EnumSet.of(StatementKind.SHOW, StatementKind.DESCRIBE, StatementKind.LIST);

    private Flow() {}

    /** Whether the statement is a chain. */
    static boolean startsAt(Cursor c) {
        for (int i = 0; c.peek(i).type() != Token.Type.END; i++) {
            if (c.peek(i).is("->>")) {
                return true;
            }
        }
        return false;
    }

    static void read(Draft draft) {
        List<List<Token>> parts = split(draft.c);
        StatementReader.skipRest(draft.c);
        List<Rows> steps = new ArrayList<>();
        ScriptState state = ScriptState.before(draft);
        boolean reads = true;
        for (List<Token> part : parts) {
            Draft step = new Draft(
                    draft.reading.cursor(part),
                    new Namespace(state.context(), state.catalog()),
                    draft.queries.earlier(),
                    state.session(),
                    draft.reading,
                    state.overlay(),
                    draft.script(),
                    List.copyOf(steps));
            StatementReader.read(step);
            boolean last = steps.size() == parts.size() - 1;
            refuse(step, state, last, part);
            step.carryOver();
            draft.facts.adoptPart(step.kind, step.facts);
            draft.facts.queryIds.addAll(step.facts.queryIds);
            draft.unload = UnloadTarget.strictest(draft.unload, step.unload);
            draft.resultOf(step);
            draft.compared |= step.compared;
            draft.title = step.title;
            reads &= step.kind == StatementKind.SELECT || METADATA.contains(step.kind);
            steps.addFirst(METADATA.contains(step.kind) ? Rows.unknown(Taint.NONE) : step.rows);
            draft.kind = step.kind;
            state = state.after(step);
        }
        draft.facts.flag("flow");
        draft.kind = reads ? draft.kind : StatementKind.SCRIPT;
        draft.after = state.context();
        draft.afterKnown &= state.known() && state.redefined().isEmpty();
        draft.redefined.addAll(state.redefined());
    }

    private static void refuse(Draft step, ScriptState state, boolean last, List<Token> part) {
        int at = part.getFirst().start();
        if (!state.known()) {
            throw new SyntaxProblem(
                    "step after a CALL or script",
                    "What the step before it leaves in the session is not known.",
                    "Send the statements one by one.",
                    at);
        }
        if (step.facts.lastQueryId) {
            throw new SyntaxProblem(
                    "query id in a flow",
                    "The ids of the steps are not known.",
                    "Use $1 for the result of the step before.",
                    at);
        }
        if (!last && (step.kind == StatementKind.BEGIN || step.kind == StatementKind.SCRIPT)) {
            throw new SyntaxProblem(
                    "script inside of a flow", "A script cannot be a step.", "Send the statements one by one.", at);
        }
    }

    private static List<List<Token>> split(Cursor c) {
        List<Token> tokens = c.from(c.position());
        List<List<Token>> parts = new ArrayList<>();
        int start = 0;
        int brackets = 0;
        for (int i = 0; i <= tokens.size(); i++) {
            boolean end = i == tokens.size();
            if (!end && !tokens.get(i).is("->>")) {
                String word = tokens.get(i).word();
                brackets +=
                        "([{".contains(word) && !word.isEmpty() ? 1 : ")]}".contains(word) && !word.isEmpty() ? -1 : 0;
                continue;
            }
            if (brackets != 0 || start == i || parts.size() >= MAX_STEPS) {
                throw new SyntaxProblem(
                        "flow operator ->>",
                        "The steps of the chain cannot be told apart.",
                        "Write statement ->> statement, and read an earlier step as $1.",
                        tokens.get(Math.min(i, tokens.size() - 1)).start());
            }
            parts.add(tokens.subList(start, i));
            start = i + 1;
        }
        return parts;
    }
}

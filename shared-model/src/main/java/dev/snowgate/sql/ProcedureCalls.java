package dev.snowgate.sql;

import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.Routine;
import dev.snowgate.catalog.Routine.Rights;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.TransactionState;
import dev.snowgate.sql.RoutineLookup.Candidate;
import dev.snowgate.sql.RoutineLookup.Wanted;
import dev.snowgate.sql.syntax.Expr;
import dev.snowgate.sql.syntax.Lexer;
import dev.snowgate.sql.syntax.ScriptSpan;
import dev.snowgate.sql.syntax.Token;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls of catalogued procedures: the body is read where it would run, in the schema of the procedure or in the session of the caller, with
 * what it is given. Bodies in other languages send statements that nobody can read before.
 */
final class ProcedureCalls {
    private static final Set<Effect> CHANGES =
            EnumSet.of(Effect.WRITE, Effect.LOAD, Effect.CREATE, Effect.ALTER, Effect.DROP, Effect.PRIVILEGE);

    private ProcedureCalls() {}

    /**
     * What a call does.
     *
     * @param columns of its result; nothing if they cannot be traced
     * @param bodies everything that may run
     */
    private record Outcome(@Nullable List<Rows.Column> columns, List<Draft> bodies) {}

    /** Takes over what the call does; false if that is not known. */
    static boolean run(Draft draft, Expr.Call call, List<Taint> given) {
        List<Candidate> candidates = given.stream().anyMatch(Taint::isUnknown)
                ? List.of()
                : RoutineLookup.find(call, given, Wanted.PROCEDURE, draft.names, draft.reading);
        List<Outcome> outcomes = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (candidate.routine().external()) {
                draft.facts.effects.add(Effect.EXTERNAL_CALL);
            }
            Outcome outcome =
                    RoutineBodies.inside(candidate.object().name(), draft.reading, () -> outcome(draft, candidate));
            if (outcome == null) {
                return false;
            }
            outcomes.add(outcome);
        }
        if (outcomes.isEmpty()) {
            return false;
        }
        adopt(draft, outcomes);
        candidates.forEach(candidate -> draft.facts.object(candidate.name(), ObjectKind.PROCEDURE, Effect.CODE, true));
        return true;
    }

    private static @Nullable Outcome outcome(Draft draft, Candidate candidate) {
        Routine routine = candidate.routine();
        if (!routine.language().equals("SQL")
                || routine.external()
                || candidate.object().definition().isEmpty()) {
            return null;
        }
        List<Token> tokens =
                Lexer.lex(candidate.object().definition().orElse("")).tokens();
        if (!ScriptSpan.startsAt(tokens, 0)) {
            return null;
        }
        List<Draft> bodies = new ArrayList<>();
        if (routine.rights() != Rights.CALLER) {
            // the variables of the session are the caller's
            bodies.add(
                    body(draft, candidate, draft.names.inside(candidate.object().name()), Map.of(), tokens));
        }
        if (routine.rights() != Rights.OWNER) {
            bodies.add(body(draft, candidate, draft.names, draft.variables, tokens));
        }
        List<Rows.Column> columns = columns(bodies.getFirst(), routine);
        for (Draft body : bodies) {
            if (body.facts.lastQueryId || !body.facts.queryIds.isEmpty()) {
                return null;
            }
            List<Rows.Column> other = columns(body, routine);
            columns = columns == null || other == null || columns.size() != other.size()
                    ? null
                    : RoutineBodies.either(columns, other);
        }
        return new Outcome(columns, bodies);
    }

    private static Draft body(
            Draft draft, Candidate candidate, Namespace names, Map<String, Taint> variables, List<Token> tokens) {
        Draft body = new Draft(
                draft.reading.cursor(tokens), names, QueryLineage.NONE, variables, draft.reading, draft.overlay);
        body.opened = true;
        ScriptStatements.run(body, tokens, candidate.arguments(), "", false);
        return body;
    }

    private static @Nullable List<Rows.Column> columns(Draft body, Routine routine) {
        int declared = routine.columns().size();
        boolean fits = routine.givesRows()
                ? declared == 0 || declared == body.output.size()
                : routine.returns().isEmpty() || body.output.size() == 1;
        if (!fits || body.output.isEmpty()) {
            return null;
        }
        List<Rows.Column> columns = new ArrayList<>();
        for (int i = 0; i < body.output.size(); i++) {
            OutputColumn column = body.output.get(i);
            boolean named = declared == 0 || routine.columns().get(i).name().equals(column.name());
            columns.add(new Rows.Column(
                    named ? column.name() : "", new Taint(column.origins(), column.derivation(), false)));
        }
        return columns;
    }

    private static void adopt(Draft draft, List<Outcome> outcomes) {
        List<Rows.Column> columns = outcomes.getFirst().columns();
        boolean same = true;
        for (Outcome outcome : outcomes) {
            List<Rows.Column> other = outcome.columns();
            columns = columns == null || other == null || columns.size() != other.size()
                    ? null
                    : RoutineBodies.either(columns, other);
            for (Draft body : outcome.bodies()) {
                draft.facts.adopt(body.facts);
                draft.unload = UnloadTarget.strictest(draft.unload, body.unload);
                same &= body.afterKnown;
            }
        }
        if (columns != null) {
            draft.output = Draft.output(columns);
            draft.rows = Rows.of(columns);
        }
        SessionContext before = draft.names.context();
        boolean inTransaction = !before.autocommit() || before.transaction() != TransactionState.NONE;
        if (!same) {
            draft.leavesUnknown();
        } else if (inTransaction && draft.facts.effects.stream().anyMatch(CHANGES::contains)) {
            draft.runsElsewhere();
        }
        draft.facts.flag("opened:procedure");
    }
}

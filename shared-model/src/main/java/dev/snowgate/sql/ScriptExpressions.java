package dev.snowgate.sql;

import dev.snowgate.sql.syntax.ExprParser;
import java.util.HashMap;
import java.util.Map;

/** Expressions of a script outside of its statements: variables go by their bare names. */
final class ScriptExpressions {
    private final ScriptContext script;

    ScriptExpressions(ScriptContext script) {
        this.script = script;
    }

    /** Takes an expression and gives what it reveals. */
    Taint value() {
        return read(false);
    }

    /** Takes an expression that decides what runs. */
    void condition() {
        read(true);
    }

    /** Variables by name; rows of cursors and loops under the name that they go by. */
    static Scope scope(Namespace names, ScriptVariables variables) {
        Map<String, Taint> values = new HashMap<>(variables.values());
        variables.results().forEach((name, rows) -> {
            if (values.getOrDefault(name, Taint.NONE).isNone()) {
                values.remove(name);
            } else {
                values.merge(name, rows.all(), Taint::or);
            }
        });
        variables.untraced().forEach(name -> values.put(name, Taint.UNKNOWN));
        Scope scope = new Scope(names, null).withParameters(values);
        variables.results().forEach((name, rows) -> scope.add(rows.named(name)));
        return scope;
    }

    private Taint read(boolean decides) {
        Draft draft = script.draft(script.cursor());
        Scope scope = scope(draft.names, script.variables());
        ExprLineage expressions = new ExprLineage(draft.queries, scope, CommonTables.NONE, Map.of());
        Taint taint = expressions.taint(ExprParser.at(script.cursor()).expression());
        if (decides) {
            draft.facts.predicate(taint);
        }
        draft.facts.read(taint);
        script.admit(draft, script.cursor().peek(-1).start());
        script.adopt(draft);
        return taint;
    }
}

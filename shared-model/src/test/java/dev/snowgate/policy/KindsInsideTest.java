package dev.snowgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.sql.Effect;
import dev.snowgate.sql.StatementAnalysis;
import dev.snowgate.sql.StatementKind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A rule on kinds of statements speaks for the statements inside of scripts, flows, literals and stored bodies too. */
class KindsInsideTest {
    private static final String ALL =
            "  - {name: all, effect: allow, statements: {effects: [read, write, create, alter, drop, session,"
                    + " transaction, metadata, code]}, objects: any, functions: ['*'], release: {unproven: true}}\n";
    private static final Map<String, StatementKind> STATEMENTS = Map.of(
            "drop table prod.lab.scratch",
            StatementKind.DROP,
            "delete from prod.lab.scratch where id = 1",
            StatementKind.DELETE,
            "truncate table prod.lab.scratch",
            StatementKind.TRUNCATE,
            "merge into prod.lab.scratch s using prod.crm.events e on s.id = e.id when matched then delete",
            StatementKind.MERGE,
            "update prod.lab.scratch set id = 2",
            StatementKind.UPDATE,
            "insert into prod.lab.scratch (id) values (1)",
            StatementKind.INSERT,
            "alter table prod.lab.scratch add column x int",
            StatementKind.ALTER_TABLE);

    private static Scene with(String effect, String statements) {
        return Scene.of(
                ALL + "  - {name: it, effect: " + effect + ", reason: x, statements: {kinds: [" + statements + "]}}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "begin %s; end",
                "begin if (1 = 1) then %s; end if; end",
                "declare x int; begin for i in 1 to 3 do %s; end for; exception when other then return 1; end",
                "begin begin %s; end; end",
                "execute immediate $$%s$$",
                "execute immediate $$begin %s; end$$",
                "begin execute immediate '%s'; end",
                "with p as procedure () returns varchar language sql as 'begin %s; end' call p()",
                "select 1 ->> %s",
                "create task prod.lab.t schedule = '1 minute' as begin %s; end",
                "create procedure prod.lab.p() returns varchar language sql as $$begin %s; end$$"
            })
    void a_rule_on_a_kind_speaks_wherever_such_a_statement_runs(String around) {
        STATEMENTS.forEach((sql, kind) -> {
            String text = around.formatted(sql);

            assertThat(with("deny", Words.of(kind)).ask(text)).as(text).isEqualTo("deny it");
            assertThat(with("require-approval", Words.of(kind)).ask(text))
                    .as(text)
                    .isEqualTo("approve it");
            assertThat(with("deny", "undrop").ask(text)).as(text).isEqualTo("allow all");
        });
    }

    @Test
    void a_condition_sees_the_kinds_inside() {
        Scene scene = Scene.of(ALL + "  - {name: no, effect: deny, reason: x, condition: '\"drop\" in kinds'}\n");

        assertThat(scene.ask("begin drop table prod.lab.scratch; end")).isEqualTo("deny no");
        assertThat(scene.ask("begin delete from prod.lab.scratch; end")).isEqualTo("allow all");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "script, delete | begin delete from prod.lab.scratch; end | allow all",
                "script, delete | begin delete from prod.lab.scratch; insert into prod.lab.scratch (id) values (1);"
                        + " end | deny default-deny",
                "script | begin delete from prod.lab.scratch; end | deny default-deny",
                "script | begin let x := 1; return x; end | allow all",
                "execute-immediate, select | execute immediate 'select id from prod.lab.scratch' | allow all",
                "execute-immediate | execute immediate 'drop table prod.lab.scratch' | deny default-deny"
            })
    void an_allowance_of_kinds_carries_nothing_else_along(String kinds, String sql, String expected) {
        Scene scene = Scene.of(ALL.replace("statements: {", "statements: {kinds: [" + kinds + "], "));

        assertThat(scene.ask(sql)).as(sql).isEqualTo(expected);
    }

    @Test
    void a_change_in_a_script_has_the_effects_that_it_has_by_itself() {
        STATEMENTS.keySet().forEach(sql -> {
            StatementAnalysis plain = Scene.of(ALL).statement(sql);
            StatementAnalysis script = Scene.of(ALL).statement("begin " + sql + "; end");

            assertThat(plain.effects()).as(sql).doesNotContain(Effect.CODE);
            assertThat(script.effects())
                    .as(sql)
                    .containsAll(plain.effects())
                    .contains(Effect.CODE)
                    .hasSize(plain.effects().size() + 1);
            assertThat(script.inside()).containsExactly(plain.kind());
        });
    }

    @Test
    void what_is_only_explained_does_not_run() {
        assertThat(with("deny", "delete").ask("explain delete from prod.lab.scratch"))
                .isEqualTo("allow all");
        assertThat(Scene.of(ALL)
                        .statement("explain delete from prod.lab.scratch")
                        .inside())
                .isEmpty();
    }
}

package dev.snowgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mask has shown is not written back, whatever form the writing has. */
class MaskedWriteBackTest {
    private static final Scene SCENE = Scene.of("""
          - {name: all, effect: allow, statements: {effects: [read, write, create, alter, drop, session, metadata, code, load]}, objects: any, cardinality-use: allow, functions: ["*"], release: {unproven: true}}
        """);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into prod.lab.scratch (id, note) values (1, %s)",
                "update prod.lab.scratch set note = %s where id = 1",
                "merge into prod.lab.scratch s using events e on s.id = e.id when matched then update set note = %s",
                "create table prod.lab.t as select %s as note",
                "begin update prod.lab.scratch set note = %s where id = 1; end",
                "execute immediate $$update prod.lab.scratch set note = %s where id = 1$$",
                "execute immediate $$begin insert into prod.lab.scratch (note) values (%s); end$$",
                "select id from events ->> insert into prod.lab.scratch (id, note) select id, %s from $1",
                "create task prod.lab.t warehouse = wh_xs schedule = '1 minute' as insert into prod.lab.scratch (note)"
                        + " values (%s)",
                "create procedure prod.lab.p() returns varchar language sql as $$begin insert into prod.lab.scratch"
                        + " (note) values (%s); return 'x'; end$$",
                "copy into prod.lab.scratch (note) from (select %s from @prod.lab.files)",
                "call prod.lab.change(1, %s)",
                "set x = %s",
                "set (x, y) = (1, %s)",
                "set x = 1; insert into prod.lab.scratch (id, note) values ($x, %s)",
                "begin set x = %s; insert into prod.lab.scratch (note) values ($x); end",
                "declare v varchar default %s; begin insert into prod.lab.scratch (note) values (:v); end",
                "begin let v := %s; execute immediate 'insert into prod.lab.scratch (note) values (?)' using (v); end",
                "create table prod.lab.t (id int, note varchar default %s)",
                "alter table prod.lab.scratch add column x varchar default %s",
                "execute task prod.lab.t using config = %s",
                "begin delete from prod.lab.scratch where note = 'x'; update prod.lab.scratch set note = %s; end"
            })
    void a_masked_value_is_refused_and_another_is_not(String template) {
        assertThat(SCENE.ask(template.formatted("'plain'"))).as(template).doesNotStartWith("deny masked-value");
        for (String shown : new String[] {"'[redacted]'", "'****6789'", "'a***@example.com'"}) {
            assertThat(SCENE.ask(template.formatted(shown))).as(template).isEqualTo("deny masked-value");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select id from prod.lab.scratch where note = %s",
                "delete from prod.lab.scratch where note = %s",
                "begin delete from prod.lab.scratch where note = %s; end",
                "execute immediate $$delete from prod.lab.scratch where note = %s$$",
                "begin let n int := (select count(*) from prod.lab.scratch where note = %s); return n; end"
            })
    void what_only_compares_with_it_is_not_meant(String template) {
        assertThat(SCENE.ask(template.formatted("'****6789'"))).as(template).isEqualTo("allow all");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into prod.lab.scratch (note) values (?)",
                "update prod.lab.scratch set note = ?",
                "merge into prod.lab.scratch s using events e on s.id = e.id when matched then update set note = ?",
                "set x = ?",
                "begin insert into prod.lab.scratch (note) values (?); end"
            })
    void a_masked_value_that_is_bound_is_refused_and_another_is_not(String sql) {
        assertThat(SCENE.binding("plain").ask(sql)).as(sql).doesNotStartWith("deny masked-value");
        assertThat(SCENE.binding("plain", "[redacted]").ask(sql)).as(sql).isEqualTo("deny masked-value");
        assertThat(SCENE.binding("[redacted]").ask("select id from prod.lab.scratch where note = ?"))
                .isEqualTo("allow all");
    }
}

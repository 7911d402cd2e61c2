package dev.snowgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** COPY INTO a table from a query over tables: judged as a load, a read and a write whose values may lie in any column. */
class LoadFromTablesTest {
    private static final Scene SCENE = Scene.of("""
          - {name: lab, effect: allow, objects: [PROD.LAB], statements: {effects: [read, write, load]}}
          - {name: read, effect: allow, objects: [{names: [PROD.CRM], effects: [read]}], statements: {effects: [read, write, load]}}
        """);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "copy into lab.scratch from (select id, kind from events) | allow lab",
                "copy into lab.scratch from (select id, email from customers) | deny protected-write",
                "copy into lab.scratch (id) from (select max(length(ssn)) from customers) | deny protected-write",
                "copy into lab.scratch from (select id, country from customers where ssn = '1') | deny"
                        + " protected-predicate",
                "copy into lab.scratch from (select id, country from customers where id = 1) | deny protected-write",
                "copy into crm.events from (select id, note from lab.scratch) | deny default-deny",
                "copy into lab.scratch from (select id, x from nowhere) | deny unknown-object",
                "copy into lab.scratch from (select $1, $2 from @lab.files) | allow lab"
            })
    void what_it_reads_counts_wherever_it_may_lie(String sql, String expected) {
        assertThat(SCENE.ask(sql)).as(sql).isEqualTo(expected);
    }
}

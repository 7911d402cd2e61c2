package dev.snowgate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectName;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MovedNamespaceTest {
    @ParameterizedTest
    @CsvSource({
        "CREATE SCHEMA dev.copy CLONE prod.crm,                DEV,  COPY",
        "CREATE DATABASE copy CLONE prod,                      COPY, CRM",
        "ALTER SCHEMA prod.crm RENAME TO prod.crm2,            PROD, CRM2",
        "ALTER SCHEMA IF EXISTS prod.crm SWAP WITH prod.other, PROD, OTHER",
        "ALTER DATABASE prod RENAME TO p2,                     P2,   CRM"
    })
    void a_protected_column_stays_protected_where_its_whole_schema_goes(String text, String database, String schema) {
        StatementAnalysis analysis = SampleCatalog.statements(text).getFirst();

        assertThat(analysis.writes())
                .contains(new WriteLineage(
                        new ColumnName(new ObjectName(database, schema, "CUSTOMERS"), "SSN"),
                        Set.of(SampleCatalog.column("SSN"))));
    }
}

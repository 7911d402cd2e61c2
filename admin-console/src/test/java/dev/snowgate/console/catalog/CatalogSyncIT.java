package dev.snowgate.console.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Protection;
import dev.snowgate.console.ConsoleApplication;
import dev.snowgate.console.testing.ConsoleTest;
import dev.snowgate.console.testing.SampleData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DataAccessException;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@SpringBootTest(
        classes = ConsoleApplication.class,
        properties = {"snowgate.catalog.account=acme-eu1", "snowgate.catalog.databases=PROD"})
class CatalogSyncIT {
    private static final ConsoleTest CONSOLE = new ConsoleTest();

    @Autowired
    private CatalogStore store;

    @Autowired
    private ConsoleCatalog catalog;

    @Autowired
    private SyncLock lock;

    @Autowired
    private CatalogWriter writer;

    @Autowired
    private SyncRunStore runs;

    @Autowired
    private Clock clock;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        CONSOLE.register(registry);
    }

    private static CatalogProperties properties(String url, List<String> databases) {
        return new CatalogProperties(
                url,
                "acme-eu1",
                "svc",
                null,
                "",
                "",
                databases,
                java.time.Duration.ofMinutes(15),
                java.time.Duration.ofMinutes(2),
                CatalogProperties.Source.OFF,
                false);
    }

    /** What is done where Snowflake would be asked. */
    private interface Answer {
        DatabaseReading of(String database) throws SQLException;
    }

    private static DatabaseReading reading(String database, CatalogObject... objects) {
        return new DatabaseReading(
                database, Stream.of(objects).map(CatalogObject::name).collect(Collectors.toSet()), List.of(objects));
    }

    /** Stands where Snowflake's answer would be. */
    private CatalogSync sync(CatalogObject... objects) {
        return sync(List.of("PROD"), database -> reading(database, objects));
    }

    private CatalogSync sync(List<String> databases, Answer answer) {
        CatalogSource source = () -> new CatalogSource.Reading() {
            @Override
            public DatabaseReading read(String database, Map<ObjectName, CatalogObject> stored) throws SQLException {
                return answer.of(database);
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        return new CatalogSync(
                properties("jdbc:snowflake://unused", databases), source, lock, store, writer, runs, clock);
    }

    private static CatalogObject table(String database, String name) {
        return new CatalogObject(
                new ObjectName(database, "CRM", name),
                ObjectKind.TABLE,
                List.of(new CatalogColumn("EMAIL", "VARCHAR", true, Optional.empty())),
                Optional.empty(),
                Set.of(),
                Instant.parse("2026-11-23T10:00:00Z"));
    }

    private static CatalogObject table(String name) {
        return table("PROD", name);
    }

    private List<String> names(String database) {
        return catalog.snapshot("acme-eu1").objects().stream()
                .map(CatalogObject::name)
                .filter(name -> name.database().equals(database))
                .map(ObjectName::name)
                .sorted()
                .toList();
    }

    @Test
    void takes_the_catalog_of_an_account_from_a_file(@TempDir Path folder) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("catalog.yaml"), """
                apiVersion: snowgate.dev/v1
                kind: Catalog
                databases:
                  PROD:
                    schemas:
                      CRM:
                        tables:
                          LEADS:
                            columns: {LEAD_ID: number, EMAIL: varchar}
                """);

        // When
        CatalogSync.Outcome outcome = sync().load(file, "air-gapped");

        // Then
        assertThat(outcome.objects()).isEqualTo(1);
        assertThat(catalog.snapshot("air-gapped").find(new ObjectName("PROD", "CRM", "LEADS")))
                .hasValueSatisfying(object -> assertThat(object.columns())
                        .extracting(CatalogColumn::name)
                        .containsExactly("LEAD_ID", "EMAIL"));
    }

    @Test
    void writes_what_it_read_forgets_what_is_gone_and_applies_marks() {
        // Given
        SampleData.run(
                CONSOLE.database().owner(),
                false,
                "insert into protection_mark (pattern, category, source) values ('PROD.*.*.EMAIL', 'email', 'test')");

        // When
        CatalogSync.Outcome first = sync(table("CUSTOMERS"), table("LEADS")).run("test");
        CatalogSync.Outcome second = sync(table("CUSTOMERS")).run("test");
        CatalogSnapshot snapshot = catalog.snapshot("acme-eu1");

        // Then
        assertThat(second.version()).isGreaterThan(first.version());
        assertThat(second.gone()).isGreaterThanOrEqualTo(1);
        assertThat(snapshot.objects())
                .extracting(object -> object.name().name())
                .contains("CUSTOMERS")
                .doesNotContain("LEADS");
        assertThat(snapshot.protection(new ColumnName(new ObjectName("PROD", "CRM", "CUSTOMERS"), "EMAIL")))
                .isPresent();
    }

    @Test
    void a_database_that_shows_nothing_any_more_does_not_empty_the_catalog() {
        // Given
        sync(table("CUSTOMERS")).run("test");

        // When / Then
        assertThatThrownBy(() -> sync().run("test"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("PROD");
        assertThat(catalog.snapshot("acme-eu1").objects()).isNotEmpty();
    }

    @Test
    void protection_that_came_with_copied_values_stays_when_the_object_is_read_again() {
        // Given
        CatalogObject copied = table("COPIES")
                .withColumns(List.of(new CatalogColumn(
                        "PLAIN",
                        "VARCHAR",
                        true,
                        Optional.of(new Protection("ssn", "derived:PROD.CRM.CUSTOMERS.SSN")))));
        sync(copied).run("test");

        // When
        sync(copied.withColumns(List.of(new CatalogColumn("PLAIN", "VARCHAR", true, Optional.empty()))))
                .run("test");

        // Then
        assertThat(catalog.snapshot("acme-eu1")
                        .protection(new ColumnName(new ObjectName("PROD", "CRM", "COPIES"), "PLAIN")))
                .hasValueSatisfying(
                        protection -> assertThat(protection.category()).isEqualTo("ssn"));
    }

    @Test
    void what_a_gateway_wrote_while_snowflake_was_read_is_newer_than_the_reading() {
        // Given
        sync(table("MEANWHILE"), table("DROPPED")).run("test");

        // When
        CatalogSync.Outcome outcome = sync(List.of("PROD"), database -> {
                    gateway("update catalog_object set gone = true, version = next_catalog_version('acme-eu1')"
                            + " where name = 'MEANWHILE'");
                    gateway(
                            "update catalog_object set version = next_catalog_version('acme-eu1') where name = 'DROPPED'");
                    return reading(database, table("MEANWHILE"));
                })
                .run("test");

        // Then
        assertThat(names("PROD")).contains("DROPPED").doesNotContain("MEANWHILE");
        assertThat(outcome.changed()).isZero();
        assertThat(outcome.gone()).isZero();
    }

    @Test
    void snowflake_is_read_while_no_transaction_of_ours_is_open() {
        // When
        sync(List.of("PROD"), database -> {
                    assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                            .isFalse();
                    assertThat(inTransaction()).isZero();
                    return reading(database, table("CUSTOMERS"));
                })
                .run("test");

        // Then
        assertThat(names("PROD")).contains("CUSTOMERS");
    }

    @Test
    void a_database_that_cannot_be_read_stays_as_a_whole_and_the_others_are_read() {
        // Given
        sync(List.of("FIRST", "SECOND", "THIRD"), database -> reading(database, table(database, "OLD")))
                .run("test");

        // When
        CatalogSync half = sync(List.of("FIRST", "SECOND", "THIRD"), database -> {
            if (database.equals("SECOND")) {
                throw new SQLException("text of the account", "02000", 2003);
            }
            return reading(database, table(database, "NEW"));
        });

        // Then
        assertThatThrownBy(() -> half.run("test"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SECOND")
                .hasMessageContaining("2003")
                .hasMessageNotContaining("text of the account");
        assertThat(names("FIRST")).containsExactly("NEW");
        assertThat(names("SECOND")).containsExactly("OLD");
        assertThat(names("THIRD")).containsExactly("NEW");
        assertThat(runs.last("acme-eu1").orElseThrow().problem()).contains("SECOND", "2003");
        assertThat(runs.last("acme-eu1").orElseThrow().done()).isEqualTo(2);
    }

    @Test
    void a_database_whose_writing_fails_stays_as_a_whole() {
        // Given
        sync(List.of("WHOLE"), database -> reading(database, table(database, "OLD")))
                .run("test");
        CatalogObject unwritable = table("WHOLE", "ZERO\u0000BYTE");

        // When / Then
        assertThatThrownBy(() -> sync(
                                List.of("WHOLE"), database -> reading(database, table(database, "NEW"), unwritable))
                        .run("test"))
                .isInstanceOf(DataAccessException.class);
        assertThat(names("WHOLE")).containsExactly("OLD");
        assertThat(runs.last("acme-eu1").orElseThrow().problem()).isNotEmpty();
        assertThat(lock.isHeld("acme-eu1")).isFalse();
    }

    @Test
    void while_one_console_reads_another_one_does_nothing() {
        // When
        List<CatalogSync.Outcome> second = new ArrayList<>();
        CatalogSync.Outcome first = sync(List.of("TWICE"), database -> {
                    assertThat(lock.isHeld("acme-eu1")).isTrue();
                    second.add(sync(List.of("TWICE"), same -> reading(same, table(same, "SECOND")))
                            .run("another"));
                    return reading(database, table(database, "FIRST"));
                })
                .run("test");

        // Then
        assertThat(second)
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.elsewhere()).isTrue());
        assertThat(first.elsewhere()).isFalse();
        assertThat(names("TWICE")).containsExactly("FIRST");
        assertThat(runs.last("acme-eu1").orElseThrow().startedBy()).isEqualTo("test");
        assertThat(lock.isHeld("acme-eu1")).isFalse();
    }

    @Test
    void nothing_is_written_after_the_lock_was_lost() {
        // Given
        sync(List.of("LOST"), database -> reading(database, table(database, "OLD")))
                .run("test");

        // When / Then
        assertThatThrownBy(() -> sync(List.of("LOST"), database -> {
                            SampleData.run(CONSOLE.database().admin(), false, """
                                    select pg_terminate_backend(pid) from pg_locks
                                    where locktype = 'advisory' and objsubid = 2
                                    and database = (select oid from pg_database where datname = current_database())
                                    """);
                            return reading(database, table(database, "NEW"));
                        })
                        .run("test"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("lock");
        assertThat(names("LOST")).containsExactly("OLD");
    }

    private static void gateway(String sql) {
        SampleData.run(CONSOLE.database().gateway(), false, sql);
    }

    /** How many connections of the console have a transaction open. */
    private static long inTransaction() {
        try (Connection connection = CONSOLE.database().admin().connect();
                ResultSet row = connection.createStatement().executeQuery("""
                        select count(*) from pg_stat_activity where datname = current_database()
                        and state like 'idle in transaction%'
                        """)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void the_query_of_a_view_is_what_follows_its_head() {
        assertThat(ViewQuery.of("create or replace view V (A, B) comment = 'as is' as select a, b from t"))
                .isEqualTo("select a, b from t");
        assertThat(ViewQuery.of("select 1")).isEqualTo("select 1");
    }
}

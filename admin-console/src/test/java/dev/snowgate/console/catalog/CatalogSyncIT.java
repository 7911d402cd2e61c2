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
import dev.snowgate.console.recording.ConsoleEventStore;
import dev.snowgate.console.testing.ConsoleTest;
import dev.snowgate.console.testing.SampleData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
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
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

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
    private ConsoleEventStore events;

    @Autowired
    private TransactionTemplate transactions;

    @Autowired
    private Clock clock;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        CONSOLE.register(registry);
    }

    private static CatalogProperties properties(String url) {
        return new CatalogProperties(
                url,
                "acme-eu1",
                "svc",
                null,
                "",
                "",
                List.of("PROD"),
                java.time.Duration.ofMinutes(15),
                java.time.Duration.ofMinutes(2),
                CatalogProperties.Source.OFF,
                false);
    }

    /** Stands where Snowflake's answer would be. */
    private CatalogSync sync(CatalogObject... objects) {
        CatalogProperties properties = properties("jdbc:snowflake://unused");
        SnowflakeCatalogReader reader = new SnowflakeCatalogReader(properties, clock) {
            @Override
            List<DatabaseReading> read(Map<ObjectName, CatalogObject> stored) {
                return List.of(new DatabaseReading(
                        "PROD",
                        Stream.of(objects).map(CatalogObject::name).collect(Collectors.toSet()),
                        List.of(objects)));
            }
        };
        return new CatalogSync(properties, reader, store, events, transactions, clock);
    }

    private static CatalogObject table(String name) {
        return new CatalogObject(
                new ObjectName("PROD", "CRM", name),
                ObjectKind.TABLE,
                List.of(new CatalogColumn("EMAIL", "VARCHAR", true, Optional.empty())),
                Optional.empty(),
                Set.of(),
                Instant.parse("2026-11-23T10:00:00Z"));
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
        CatalogSync.Outcome first = sync(table("CUSTOMERS"), table("LEADS")).run();
        CatalogSync.Outcome second = sync(table("CUSTOMERS")).run();
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
        sync(table("CUSTOMERS")).run();

        // When / Then
        assertThatThrownBy(() -> sync().run())
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
        sync(copied).run();

        // When
        sync(copied.withColumns(List.of(new CatalogColumn("PLAIN", "VARCHAR", true, Optional.empty()))))
                .run();

        // Then
        assertThat(catalog.snapshot("acme-eu1")
                        .protection(new ColumnName(new ObjectName("PROD", "CRM", "COPIES"), "PLAIN")))
                .hasValueSatisfying(
                        protection -> assertThat(protection.category()).isEqualTo("ssn"));
    }

    @Test
    void what_a_gateway_wrote_while_snowflake_was_read_is_newer_than_the_reading() {
        // Given
        sync(table("MEANWHILE")).run();
        CatalogProperties properties = properties("jdbc:snowflake://unused");
        SnowflakeCatalogReader slow = new SnowflakeCatalogReader(properties, clock) {
            @Override
            List<DatabaseReading> read(Map<ObjectName, CatalogObject> stored) {
                SampleData.run(
                        CONSOLE.database().owner(),
                        false,
                        "update catalog_object set gone = true, version = next_catalog_version('acme-eu1') where name = 'MEANWHILE'");
                return List.of(
                        new DatabaseReading("PROD", Set.of(table("MEANWHILE").name()), List.of(table("MEANWHILE"))));
            }
        };

        // When
        new CatalogSync(properties, slow, store, events, transactions, clock).run();

        // Then
        assertThat(catalog.snapshot("acme-eu1").find(table("MEANWHILE").name())).isEmpty();
    }

    @Test
    void a_reading_that_fails_changes_nothing_and_tells_no_text_of_the_account() {
        // Given
        CatalogProperties properties = properties("jdbc:snowflake://unused");
        SnowflakeCatalogReader broken = new SnowflakeCatalogReader(properties, clock) {
            @Override
            List<DatabaseReading> read(Map<ObjectName, CatalogObject> stored) throws SQLException {
                throw new SQLException("text of the account", "02000", 2003);
            }
        };

        // When / Then
        assertThatThrownBy(() -> new CatalogSync(properties, broken, store, events, transactions, clock).run())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2003")
                .hasMessageNotContaining("text of the account");
    }

    @Test
    void the_query_of_a_view_is_what_follows_its_head() {
        assertThat(ViewQuery.of("create or replace view V (A, B) comment = 'as is' as select a, b from t"))
                .isEqualTo("select a, b from t");
        assertThat(ViewQuery.of("select 1")).isEqualTo("select 1");
    }
}

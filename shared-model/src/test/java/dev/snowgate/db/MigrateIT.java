package dev.snowgate.db;

import static dev.snowgate.db.SqlStateAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrateIT {
    private static final String POLICY = """
            apiVersion: snowgate.dev/v1
            kind: Policy
            name: first
            """;

    @TempDir
    Path folder;

    TestDatabase database;

    @BeforeEach
    void start() {
        database = TestDatabase.empty();
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void an_empty_database_is_brought_to_the_version_that_programs_expect() throws SQLException {
        // When
        Migrate.Report first = Migrate.run(settings());
        Migrate.Report second = Migrate.run(settings());

        // Then
        assertThat(first.migrations()).isEqualTo(SchemaVersion.EXPECTED);
        assertThat(second.migrations()).isZero();
        try (Connection gateway = database.gateway().connect()) {
            SchemaVersion.require((int) Fixture.number(gateway, SchemaVersion.QUERY));
        }
    }

    @Test
    void a_program_refuses_another_schema_in_words() {
        assertThatThrownBy(() -> SchemaVersion.require(SchemaVersion.EXPECTED - 1))
                .hasMessageContaining("migrate first");
        assertThatThrownBy(() -> SchemaVersion.require(SchemaVersion.EXPECTED + 1))
                .hasMessageContaining("too old");
    }

    @Test
    void policies_and_marks_are_seeded_once() throws Exception {
        // Given
        Files.createDirectories(folder.resolve("packs"));
        Files.writeString(folder.resolve("packs/a.yaml"), POLICY);
        Files.writeString(
                folder.resolve("packs/marks.yaml"), "apiVersion: snowgate.dev/v1\nkind: Protection\nprotect: []\n");
        Files.writeString(folder.resolve("packs/a_test.yaml"), "two");
        Files.writeString(folder.resolve("README.md"), "no policy");
        Path marks = Files.writeString(folder.resolve("marks.txt"), """
                apiVersion: snowgate.dev/v1
                kind: Protection
                protect:
                  - {column: PROD.CRM.CUSTOMERS.EMAIL, category: email}
                  - {column: PROD.CRM.*.SSN, category: ssn, source: security}
                """);
        MigrationSettings seeded = settings().withSeeds(Optional.of(folder), Optional.of(marks));

        // When
        Migrate.Report first = Migrate.run(seeded);
        Migrate.Report second = Migrate.run(seeded);

        // Then
        assertThat(first.policyFiles()).isEqualTo(2);
        assertThat(first.protectionMarks()).isEqualTo(2);
        assertThat(second.policyFiles() + second.protectionMarks()).isZero();
        try (Connection console = database.console().connect()) {
            assertThat(
                            Fixture.text(
                                    console,
                                    "select string_agg(path, ',' order by path) from policy_file where version = (select version from policy_active)"))
                    .isEqualTo("packs/a.yaml,packs/a_test.yaml");
            assertThat(Fixture.text(
                            console, "select pattern || ' ' || source from protection_mark where category = 'ssn'"))
                    .isEqualTo("PROD.CRM.*.SSN security");
        }
    }

    @Test
    void a_faulty_seed_leaves_nothing_half_done() throws IOException, SQLException {
        // Given
        Files.writeString(folder.resolve("a.yaml"), POLICY);
        Path marks = Files.writeString(folder.resolve("marks.txt"), "protect: [{column: A.B.C.D}]");

        // Then
        assertThatThrownBy(() -> Migrate.run(settings().withSeeds(Optional.of(folder), Optional.of(marks))))
                .isInstanceOf(MigrationException.class);
        try (Connection console = database.console().connect()) {
            assertThat(Fixture.number(console, "select count(*) from policy_version"))
                    .isZero();
        }
    }

    @Test
    void policies_that_do_not_compile_are_not_seeded() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "kind: Policy\nrulez: []\n");
        assertThatThrownBy(() -> Migrate.run(settings().withSeeds(Optional.of(folder), Optional.empty())))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("do not compile")
                .hasMessageContaining("a.yaml:");
    }

    @Test
    void a_published_version_is_fixed_and_only_published_ones_come_into_force() throws SQLException {
        Migrate.run(settings());
        try (Connection console = database.console().connect()) {
            Fixture.run(console, "insert into policy_version (version, created_by) values (1, 'ada')");
            Fixture.run(console, "insert into policy_file values (1, 'a.yaml', 'x')");
            Fixture.run(console, "update policy_file set text = 'y' where version = 1");
            assertRefused(
                    SqlStates.FIXED, () -> Fixture.run(console, "insert into policy_active (version) values (1)"));
            Fixture.run(
                    console, "update policy_version set published_at = now(), published_by = 'ada' where version = 1");
            Fixture.run(console, "insert into policy_active (version) values (1)");
            assertRefused(
                    SqlStates.FIXED,
                    () -> Fixture.run(console, "update policy_version set published_by = 'eve' where version = 1"));
            assertRefused(
                    SqlStates.FIXED, () -> Fixture.run(console, "insert into policy_file values (1, 'b.yaml', 'x')"));
            assertRefused(
                    SqlStates.FIXED, () -> Fixture.run(console, "update policy_file set text = 'z' where version = 1"));
            assertRefused(SqlStates.FIXED, () -> Fixture.run(console, "delete from policy_file where version = 1"));
            assertRefused(
                    SqlStates.DUPLICATE, () -> Fixture.run(console, "insert into policy_active (version) values (1)"));
        }
    }

    @Test
    void catalog_versions_only_grow() throws SQLException {
        Migrate.run(settings());
        try (Connection console = database.console().connect();
                Connection gateway = database.gateway().connect()) {
            assertThat(Fixture.number(console, "select next_catalog_version('acme')"))
                    .isOne();
            assertThat(Fixture.number(gateway, "select next_catalog_version('acme')"))
                    .isEqualTo(2);
            assertRefused(SqlStates.ILLEGAL_STEP, () -> Fixture.run(gateway, "update catalog_version set version = 1"));
        }
    }

    @Test
    void the_owner_and_the_database_are_made_by_an_admin_where_missing() throws SQLException {
        // Given
        String url = "jdbc:postgresql://localhost:" + database.port() + "/" + database.database() + "_new";

        // When
        Migrate.Report report = Migrate.run(
                MigrationSettings.of(url, "snowgate_owner", "o", "g", "c").withAdmin("postgres", "postgres"));

        // Then
        assertThat(report.migrations()).isEqualTo(SchemaVersion.EXPECTED);
        try (Connection admin = database.admin().connect()) {
            Fixture.run(admin, "drop database " + database.database() + "_new with (force)");
        }
    }

    @Test
    void a_program_role_with_more_rights_than_granted_is_refused() throws SQLException {
        try (Connection admin = database.admin().connect()) {
            Fixture.run(admin, "alter role snowgate_console createrole");
            try {
                assertThatThrownBy(() -> Migrate.run(settings())).hasMessageContaining("must be plain");
            } finally {
                Fixture.run(admin, "alter role snowgate_console nocreaterole");
            }
        }
    }

    @Test
    void the_command_says_what_it_did_and_what_is_wrong() {
        // Given
        String[] right = {
            "--url", url(), "--owner-password", "very-secret", "--gateway-password", "g", "--console-password", "c"
        };

        // Then
        assertThat(command(Map.of(), right)).startsWith("0 schema version " + SchemaVersion.EXPECTED);
        assertThat(command(Map.of("SNOWGATE_URL", url(), "SNOWGATE_OWNER_PASSWORD", "x")))
                .startsWith("0 ");
        assertThat(command(Map.of())).startsWith("2 the option --url is missing");
        assertThat(command(Map.of(), "--urll", "x")).startsWith("2 unknown option --urll");
        assertThat(command(Map.of(), "--url")).startsWith("2 the option --url needs a value");
        assertThat(command(Map.of(), "--url", "jdbc:postgresql://localhost:1/x", "--owner-password", "very-secret"))
                .startsWith("1 the migration failed")
                .doesNotContain("very-secret");
        assertThat(settings().toString()).doesNotContain("-password");
    }

    private String command(Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code = Migrate.run(arguments, environment, out, out);
        return code + " " + bytes.toString(StandardCharsets.UTF_8);
    }

    private String url() {
        return "jdbc:postgresql://localhost:" + database.port() + "/" + database.database();
    }

    private MigrationSettings settings() {
        return MigrationSettings.of(url(), "snowgate_owner", "owner-password", "gateway-password", "console-password");
    }
}

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
import dev.snowgate.catalog.Routine;
import dev.snowgate.catalog.StageEntry;
import dev.snowgate.console.ConsoleApplication;
import dev.snowgate.console.testing.ConsoleTest;
import dev.snowgate.console.testing.SampleData;
import dev.snowgate.emulator.EmulatedUser;
import dev.snowgate.emulator.EmulatorOptions;
import dev.snowgate.emulator.EmulatorServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The synchronisation through the vendor's JDBC driver, against the emulator, as a read-only user of its own. */
@SpringBootTest(classes = ConsoleApplication.class)
class SnowflakeSyncIT {
    private static final ConsoleTest CONSOLE = new ConsoleTest();
    private static final String ACCOUNT = "SYNC-TEST";

    @TempDir
    private static Path folder;

    private static EmulatorServer emulator;

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

    @BeforeAll
    static void start() throws Exception {
        emulator = EmulatorServer.start(EmulatorOptions.builder()
                .account(ACCOUNT)
                .seed(20, 50, 10)
                .user(EmulatedUser.named("SVC_CATALOG", "unused", "CATALOG_READER")
                        .withPublicKey(key("SVC_CATALOG")))
                .user(EmulatedUser.named("ADMIN", "unused", "SYSADMIN").withPublicKey(key("ADMIN")))
                .build());
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @Test
    void reads_tables_columns_views_figures_tags_policies_and_routines() throws SQLException {
        // Given
        admin(
                "create schema prod.gov",
                "create tag prod.gov.pii",
                "create masking policy prod.gov.mask_phone as (v varchar) returns varchar -> '***'",
                "create table prod.gov.people (id number, mail varchar, phone varchar, city varchar)",
                "insert into prod.gov.people values (1, 'a@example.com', '1', 'x')",
                "alter table prod.gov.people modify column mail set tag prod.gov.pii = 'email'",
                "alter table prod.gov.people modify column phone set masking policy prod.gov.mask_phone",
                "create stage prod.gov.inside",
                "create stage prod.gov.people url = 's3://bucket-7/path/'",
                "create view prod.gov.contacts as select mail from prod.gov.people",
                "create secure view prod.gov.hidden as select mail from prod.gov.people",
                "create function prod.gov.plus_one(a number) returns number as 'a + 1'",
                "create secure function prod.gov.secret(a number, b varchar) returns number as 'a + 2'",
                "create function prod.gov.mails(town varchar) returns table (mail varchar, n number) as 'select mail, id from people'",
                "create procedure prod.gov.fill(a number, b varchar default 'x, y') returns varchar language sql"
                        + " as $$ begin return b; end $$",
                "create function prod.gov.ask(a varchar) returns variant language python handler = 'h'"
                        + " external_access_integrations = (mail_api) as 'x'");
        rules("insert into protection_mark (kind, pattern, value, category, source) values"
                + " ('TAG', 'PII', 'email', 'email', 'yaml:p'), ('POLICY', 'MASK_PHONE', '*', 'phone', 'yaml:p')");

        // When
        CatalogSync.Outcome outcome = sync("PROD").run("test");

        // Then
        CatalogSnapshot snapshot = catalog.snapshot(ACCOUNT);
        CatalogObject people = object(snapshot, "GOV", "PEOPLE");
        assertThat(outcome.changed()).isEqualTo(outcome.objects());
        assertThat(people.kind()).isEqualTo(ObjectKind.TABLE);
        assertThat(people.columns()).extracting(CatalogColumn::name).containsExactly("ID", "MAIL", "PHONE", "CITY");
        assertThat(people.rows()).contains(1L);
        assertThat(people.column("MAIL").orElseThrow().tags()).containsExactlyInAnyOrder("PII", "PII=email");
        assertThat(protection(snapshot, "PEOPLE", "MAIL")).contains(new Protection("email", "tag:PII=email"));
        assertThat(protection(snapshot, "PEOPLE", "PHONE"))
                .contains(new Protection("phone", "policy:PROD.GOV.MASK_PHONE"));
        assertThat(protection(snapshot, "PEOPLE", "CITY")).isEmpty();
        assertThat(object(snapshot, "GOV", "CONTACTS").definition())
                .hasValueSatisfying(text -> assertThat(text).startsWith("select mail"));
        assertThat(object(snapshot, "GOV", "HIDDEN").definition()).isEmpty();
        assertThat(StageEntry.location(object(snapshot, "GOV", "@INSIDE"))).contains(StageEntry.Location.INTERNAL);
        assertThat(StageEntry.location(object(snapshot, "GOV", "@PEOPLE"))).contains(StageEntry.Location.EXTERNAL);
        assertThat(object(snapshot, "GOV", "@PEOPLE").tags()).contains("URL=s3://bucket-7");
        assertThat(object(snapshot, "GOV", "PLUS_ONE(NUMBER)").definition()).contains("a + 1");
        assertThat(object(snapshot, "GOV", "SECRET(NUMBER, VARCHAR)").definition())
                .isEmpty();
        assertThat(routine(snapshot, "PLUS_ONE(NUMBER)"))
                .isEqualTo(new Routine(
                        "SQL",
                        List.of(new Routine.Argument("A", "NUMBER")),
                        "NUMBER",
                        List.of(),
                        Routine.Rights.OWNER,
                        false,
                        false));
        assertThat(routine(snapshot, "SECRET(NUMBER, VARCHAR)").secure()).isTrue();
        assertThat(routine(snapshot, "MAILS(VARCHAR)").columns())
                .containsExactly(new Routine.Result("MAIL", "VARCHAR"), new Routine.Result("N", "NUMBER"));
        assertThat(routine(snapshot, "FILL(NUMBER, VARCHAR)").arguments().get(1).given())
                .hasValueSatisfying(given -> assertThat(given).isEqualToIgnoringCase("'x, y'"));
        assertThat(routine(snapshot, "FILL(NUMBER, VARCHAR)").rights()).isEqualTo(Routine.Rights.UNKNOWN);
        assertThat(routine(snapshot, "ASK(VARCHAR)").external()).isTrue();
        assertThat(object(snapshot, "GOV", "FILL(NUMBER, VARCHAR)").definition())
                .hasValueSatisfying(body -> assertThat(body).contains("begin return b; end"));
    }

    @Test
    void a_replaced_routine_has_its_new_body_and_a_name_that_was_redefined_is_known_again() throws SQLException {
        // Given
        admin(
                "create schema dev.fns",
                "create function dev.fns.f(a number) returns number as 'a + 1'",
                "create function dev.fns.g(a number) returns number as 'a + 1'");
        sync("DEV").run("test");
        ObjectName called = new ObjectName("DEV", "FNS", "F");
        store.save(
                ACCOUNT,
                catalog.snapshot(ACCOUNT).version(),
                Long.MAX_VALUE,
                List.of(CatalogStore.Written.of(Routine.unreadEntry(called, ObjectKind.FUNCTION, clock.instant()))));
        admin(
                "create or replace function dev.fns.f(a number) returns number as 'a + 2'",
                "drop function dev.fns.g(number)");

        // When
        sync("DEV").run("test");

        // Then
        CatalogSnapshot snapshot = catalog.snapshot(ACCOUNT);
        assertThat(snapshot.routines(called))
                .singleElement()
                .satisfies(routine -> assertThat(routine.definition()).contains("a + 2"));
        assertThat(snapshot.routines(new ObjectName("DEV", "FNS", "G"))).isEmpty();
    }

    private static Routine routine(CatalogSnapshot snapshot, String name) {
        return object(snapshot, "GOV", name).routine().orElseThrow();
    }

    @Test
    void reads_only_what_changed_and_forgets_what_is_gone() throws SQLException {
        // Given
        admin(
                "create schema dev.inc",
                "create table dev.inc.a (x number)",
                "create table dev.inc.b (x number)",
                "create view dev.inc.v as select x from dev.inc.a");
        CatalogSync sync = sync("DEV");
        CatalogSync.Outcome first = sync.run("test");

        // When
        CatalogSync.Outcome same = sync.run("test");
        admin("alter table dev.inc.a add column mail varchar", "drop table dev.inc.b");
        CatalogSync.Outcome changed = sync.run("test");
        admin("alter table dev.inc.a modify column mail set tag dev.inc.pii = 'x'");
        CatalogSync.Outcome tagged = sync.run("test");

        // Then
        assertThat(same.changed()).isZero();
        assertThat(same.gone()).isZero();
        assertThat(same.version()).isEqualTo(first.version());
        assertThat(changed.changed()).isEqualTo(1);
        assertThat(changed.gone()).isEqualTo(1);
        assertThat(tagged.changed()).isEqualTo(1);
        CatalogObject now = catalog.snapshot(ACCOUNT)
                .find(new ObjectName("DEV", "INC", "A"))
                .orElseThrow();
        assertThat(now.columns()).extracting(CatalogColumn::name).containsExactly("X", "MAIL");
        assertThat(now.column("MAIL").orElseThrow().tags()).contains("PII=x");
        assertThat(catalog.snapshot(ACCOUNT).find(new ObjectName("DEV", "INC", "B")))
                .isEmpty();
    }

    @Test
    void the_definition_that_the_information_schema_hides_is_asked_for() throws SQLException {
        // Given
        try (Connection own = connect("SVC_CATALOG");
                Statement statement = own.createStatement()) {
            statement.execute("create schema dev.ddl");
            statement.execute("create secure view dev.ddl.mine as select 1 as one");
        }

        // When
        sync("DEV").run("test");

        // Then
        assertThat(catalog.snapshot(ACCOUNT)
                        .find(new ObjectName("DEV", "DDL", "MINE"))
                        .orElseThrow()
                        .definition())
                .contains("select 1 as one");
    }

    @Test
    void an_account_that_does_not_answer_leaves_the_catalog_as_it_is() throws SQLException {
        // Given
        sync("DEV").run("test");
        int before = catalog.snapshot(ACCOUNT).objects().size();

        // When / Then
        assertThatThrownBy(() -> sync("NO_SUCH_DATABASE").run("test"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Snowflake did not give the catalog");
        assertThat(catalog.snapshot(ACCOUNT).objects()).hasSize(before);
    }

    @Test
    void a_definition_that_runs_while_the_account_is_read_is_not_undone_by_the_older_reading() throws SQLException {
        // Given
        admin("create schema dev.race", "create table dev.race.t (x number)");
        sync("DEV").run("test");
        CatalogProperties properties = properties("DEV");
        SnowflakeCatalogReader snowflake = new SnowflakeCatalogReader(properties, clock);
        CatalogSource overtaken = () -> {
            CatalogSource.Reading real = snowflake.open();
            return new CatalogSource.Reading() {
                @Override
                public DatabaseReading read(String database, Map<ObjectName, CatalogObject> stored)
                        throws SQLException {
                    admin("alter table dev.race.t add column y number");
                    DatabaseReading read = real.read(database, stored);
                    // the agent drops it through the gateway, which makes it unknown for all replicas
                    admin("drop table dev.race.t");
                    SampleData.run(
                            CONSOLE.database().gateway(),
                            false,
                            "update catalog_object set gone = true, version = next_catalog_version(?) where name = 'T'",
                            ACCOUNT);
                    return read;
                }

                @Override
                public void close() throws SQLException {
                    real.close();
                }
            };
        };

        // When
        CatalogSync.Outcome outcome =
                new CatalogSync(properties, overtaken, lock, store, writer, runs, clock).run("test");

        // Then
        assertThat(outcome.changed()).isZero();
        assertThat(catalog.snapshot(ACCOUNT).find(new ObjectName("DEV", "RACE", "T")))
                .isEmpty();
    }

    @Test
    void a_database_that_does_not_answer_does_not_keep_the_others_from_being_read() throws SQLException {
        // Given
        admin("create schema dev.other", "create table dev.other.fresh (x number)");

        // When / Then
        assertThatThrownBy(() -> sync("NO_SUCH_DATABASE", "DEV").run("test"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("NO_SUCH_DATABASE");
        assertThat(catalog.snapshot(ACCOUNT).find(new ObjectName("DEV", "OTHER", "FRESH")))
                .isPresent();
    }

    private static CatalogObject object(CatalogSnapshot snapshot, String schema, String name) {
        return snapshot.find(new ObjectName("PROD", schema, name)).orElseThrow();
    }

    private static Optional<Protection> protection(CatalogSnapshot snapshot, String table, String column) {
        return snapshot.protection(new ColumnName(new ObjectName("PROD", "GOV", table), column));
    }

    private CatalogSync sync(String... databases) {
        CatalogProperties properties = properties(databases);
        return new CatalogSync(
                properties, new SnowflakeCatalogReader(properties, clock), lock, store, writer, runs, clock);
    }

    private static CatalogProperties properties(String... databases) {
        return new CatalogProperties(
                emulator.url().toString(),
                ACCOUNT,
                "SVC_CATALOG",
                folder.resolve("SVC_CATALOG.pem"),
                "CATALOG_READER",
                "COMPUTE_WH",
                List.of(databases),
                Duration.ofMinutes(15),
                Duration.ofMinutes(1),
                CatalogProperties.Source.ACCOUNT_USAGE,
                true);
    }

    private static void rules(String sql) {
        SampleData.run(CONSOLE.database().owner(), false, sql);
    }

    private static void admin(String... statements) throws SQLException {
        try (Connection connection = connect("ADMIN");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static Connection connect(String user) throws SQLException {
        Properties driver = new Properties();
        driver.put("user", user);
        driver.put("account", ACCOUNT);
        driver.put("private_key_file", folder.resolve(user + ".pem").toString());
        driver.put("authenticator", "SNOWFLAKE_JWT");
        driver.put("ssl", "off");
        driver.put("db", "PROD");
        driver.put("schema", "CRM");
        driver.put("disablePlatformDetection", "true");
        driver.put("disableOCSPChecks", "true");
        driver.put("CLIENT_TELEMETRY_ENABLED", "false");
        return DriverManager.getConnection("jdbc:snowflake://" + emulator.url().getAuthority() + "/", driver);
    }

    private static String key(String user) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        Path file = folder.resolve(user + ".pem");
        Files.writeString(file, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        return pem("PUBLIC KEY", pair.getPublic().getEncoded());
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----\n";
    }
}

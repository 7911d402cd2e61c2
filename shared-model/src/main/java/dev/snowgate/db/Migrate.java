package dev.snowgate.db;

import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings a database to this version's schema under the owner's role, and seeds policies and protection marks. Can be
 * repeated at any time. The command is {@code ./snowgate migrate}; demo and tests call {@link #run}.
 */
public final class Migrate {
    private static final Set<String> OPTIONS = Set.of(
            "url",
            "owner",
            "owner-password",
            "gateway-password",
            "console-password",
            "admin",
            "admin-password",
            "policies",
            "protection");
    private static final String USAGE = """
            migrate --url jdbc:postgresql://host:port/database [--owner snowgate_owner] --owner-password ...
                    [--gateway-password ...] [--console-password ...]   (needed once, to create the roles)
                    [--admin postgres --admin-password ...]             (creates owner and database where missing)
                    [--policies folder] [--protection file.yaml]        (seeds)
            Each option can also be given in the environment: SNOWGATE_OWNER_PASSWORD and so on.""";

    private Migrate() {}

    /** The command; ends with 0, with 1 after a fault, with 2 after wrong arguments. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.getenv(), System.out, System.err));
    }

    static int run(String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        MigrationSettings settings;
        try {
            settings = settings(arguments, environment);
        } catch (IllegalArgumentException wrong) {
            err.println(wrong.getMessage());
            err.println(USAGE);
            return 2;
        }
        try {
            Report report = run(settings);
            out.println("schema version " + SchemaVersion.EXPECTED + ": " + report.migrations()
                    + " migrations applied, " + report.policyFiles() + " policy files and " + report.protectionMarks()
                    + " protection marks seeded");
            return 0;
        } catch (MigrationException failed) {
            err.println(failed.getMessage());
            return 1;
        }
    }

    /**
     * Migrates and seeds.
     *
     * @throws MigrationException with a sentence for operators; the schema is then as before the failed step
     */
    public static Report run(MigrationSettings settings) {
        try {
            if (settings.admin().isPresent()) {
                Roles.bootstrap(
                        settings,
                        settings.admin().get(),
                        settings.adminPassword().orElse(new Secret("")));
            }
            try (Connection owner = open(settings)) {
                Roles.ensurePrograms(owner, settings);
            }
            int migrations = Flyway.configure()
                    .dataSource(
                            settings.url(),
                            settings.owner(),
                            settings.ownerPassword().value())
                    .defaultSchema("snowgate")
                    .schemas("snowgate")
                    .locations("classpath:db/migration")
                    .loggers("slf4j")
                    .load()
                    .migrate()
                    .migrationsExecuted;
            return seed(settings, migrations);
        } catch (SQLException | FlywayException failed) {
            throw new MigrationException("the migration failed: " + failed.getMessage(), failed);
        }
    }

    private static Report seed(MigrationSettings settings, int migrations) throws SQLException {
        try (Connection owner = open(settings)) {
            owner.setSchema("snowgate");
            owner.setAutoCommit(false);
            try (var statement = owner.createStatement()) {
                statement.execute("select ensure_partitions(14)");
            }
            int files = settings.policies().isPresent()
                    ? Seeds.policies(owner, settings.policies().get())
                    : 0;
            int marks = settings.protection().isPresent()
                    ? Seeds.protection(owner, settings.protection().get())
                    : 0;
            owner.commit();
            return new Report(migrations, files, marks);
        }
    }

    private static Connection open(MigrationSettings settings) throws SQLException {
        return DriverManager.getConnection(
                settings.url(), settings.owner(), settings.ownerPassword().value());
    }

    private static MigrationSettings settings(String[] arguments, Map<String, String> environment) {
        Map<String, String> given = new HashMap<>();
        for (String option : OPTIONS) {
            String inherited =
                    environment.get("SNOWGATE_" + option.replace('-', '_').toUpperCase(Locale.ROOT));
            if (inherited != null) {
                given.put(option, inherited);
            }
        }
        for (int i = 0; i < arguments.length; i += 2) {
            String option = arguments[i].startsWith("--") ? arguments[i].substring(2) : arguments[i];
            if (!arguments[i].startsWith("--") || !OPTIONS.contains(option)) {
                throw new IllegalArgumentException("unknown option " + arguments[i]);
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("the option " + arguments[i] + " needs a value");
            }
            given.put(option, arguments[i + 1]);
        }
        return new MigrationSettings(
                required(given, "url"),
                given.getOrDefault("owner", "snowgate_owner"),
                new Secret(required(given, "owner-password")),
                secret(given, "gateway-password"),
                secret(given, "console-password"),
                Optional.ofNullable(given.get("admin")),
                secret(given, "admin-password"),
                Optional.ofNullable(given.get("policies")).map(Path::of),
                Optional.ofNullable(given.get("protection")).map(Path::of));
    }

    private static String required(Map<String, String> given, String option) {
        String value = given.get(option);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("the option --" + option + " is missing");
        }
        return value;
    }

    private static Optional<Secret> secret(Map<String, String> given, String option) {
        return Optional.ofNullable(given.get(option)).map(Secret::new);
    }

    /** What a run did: counts of migrations applied and of files and marks seeded. */
    public record Report(int migrations, int policyFiles, int protectionMarks) {}
}

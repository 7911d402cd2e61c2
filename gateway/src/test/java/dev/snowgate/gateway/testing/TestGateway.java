package dev.snowgate.gateway.testing;

import dev.snowgate.db.Migrate;
import dev.snowgate.db.MigrationSettings;
import dev.snowgate.emulator.EmulatedUser;
import dev.snowgate.emulator.EmulatorOptions;
import dev.snowgate.emulator.EmulatorOptionsBuilder;
import dev.snowgate.emulator.EmulatorServer;
import dev.snowgate.emulator.LogEntry;
import dev.snowgate.gateway.GatewayApplication;
import dev.snowgate.sealing.KeyRing;
import dev.snowgate.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * A gateway on a free port, with the shipped policies, between a real database and the emulator. Agents: {@code support-copilot}
 * (masked reads), {@code forecast-agent} and {@code ledger-agent} (their reads and writes in production wait).
 */
public final class TestGateway implements AutoCloseable {
    public static final String ACCOUNT = "ACME-EU1";
    private static final String REVIEWER = "mara@acme.example";
    private final Path folder;
    private final TestDatabase database;
    private final TestIssuer issuer;
    private final EmulatorServer emulator;
    private final List<ConfigurableApplicationContext> replicas = new ArrayList<>();
    private final Map<String, String> settings = new LinkedHashMap<>();

    private TestGateway(Path folder, TestDatabase database, TestIssuer issuer, EmulatorServer emulator) {
        this.folder = folder;
        this.database = database;
        this.issuer = issuer;
        this.emulator = emulator;
    }

    /** With small seed data and a short upstream wait. */
    public static TestGateway start() {
        return start(options -> options, Map.of());
    }

    /** With other options of the emulator and settings of the gateway. */
    public static TestGateway start(UnaryOperator<EmulatorOptionsBuilder> options, Map<String, String> more) {
        return start(options, more, policies());
    }

    /** With the policies of that folder instead of the shipped ones; marks of protection stay the shipped ones. */
    public static TestGateway start(
            UnaryOperator<EmulatorOptionsBuilder> options, Map<String, String> more, Path policies) {
        TestGateway gateway = withoutReplica(options, more, policies);
        gateway.addReplica();
        return gateway;
    }

    /** All that a gateway needs, and none yet: for one that runs in a process of its own with {@link #settings}. */
    public static TestGateway withoutReplica(UnaryOperator<EmulatorOptionsBuilder> options, Map<String, String> more) {
        return withoutReplica(options, more, policies());
    }

    private static TestGateway withoutReplica(
            UnaryOperator<EmulatorOptionsBuilder> options, Map<String, String> more, Path policies) {
        try {
            Path folder = Files.createTempDirectory("snowgate-test");
            KeyRing.generate(folder.resolve("keys"));
            EmulatorOptionsBuilder builder = EmulatorOptions.builder()
                    .account(ACCOUNT)
                    .pollWait(Duration.ofSeconds(2))
                    .seed(500, 2_000, 200);
            for (String[] user : USERS) {
                builder.user(EmulatedUser.named(user[1], "unused", user[2]).withPublicKey(key(folder, user[1])));
            }
            TestDatabase database = TestDatabase.create();
            Migrate.run(MigrationSettings.of(
                            database.jdbcUrl().replace("?currentSchema=snowgate", ""),
                            "snowgate_owner",
                            "snowgate_owner-password",
                            "snowgate_gateway-password",
                            "snowgate_console-password")
                    .withSeeds(Optional.of(policies), Optional.of(policies().resolve("protection.yaml"))));
            TestGateway gateway = new TestGateway(
                    folder,
                    database,
                    TestIssuer.start(),
                    EmulatorServer.start(options.apply(builder).build()));
            gateway.settings.putAll(gateway.baseSettings());
            gateway.settings.putAll(more);
            return gateway;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final String[][] USERS = {
        {"support-copilot", "SVC_SUPPORT", "AGENT_READER"},
        {"forecast-agent", "SVC_FORECAST", "AGENT_WRITER"},
        {"ledger-agent", "SVC_LEDGER", "AGENT_WRITER"},
        {"", "SVC_CATALOG", "CATALOG_READER"},
    };

    private Map<String, String> baseSettings() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("server.address", "127.0.0.1");
        values.put("snowgate.edge.drain-delay", "0s");
        values.put("snowgate.account", ACCOUNT);
        values.put("snowgate.keys.file", folder.resolve("keys").toString());
        values.put(
                "snowgate.database.url", "r2dbc:postgresql://localhost:" + database.port() + "/" + database.database());
        values.put("snowgate.database.username", "snowgate_gateway");
        values.put("snowgate.database.password", "snowgate_gateway-password");
        values.put("snowgate.upstream.url", emulator.url().toString());
        values.put("snowgate.upstream.storage.allowed-hosts", "127.0.0.1:" + emulator.storagePort());
        values.put("snowgate.catalog.access.user", "SVC_CATALOG");
        values.put(
                "snowgate.catalog.access.private-key-file",
                folder.resolve("SVC_CATALOG.pem").toString());
        values.put("snowgate.catalog.access.role", "CATALOG_READER");
        values.put("snowgate.catalog.access.warehouse", "COMPUTE_WH");
        values.put("snowgate.issuers[0].alias", "test");
        values.put("snowgate.issuers[0].issuer-uri", issuer.issuer());
        values.put("snowgate.issuers[0].jwk-set-uri", issuer.issuer() + "/jwks");
        values.put("snowgate.issuers[0].audience", "snowgate");
        values.put("snowgate.issuers[0].person-claim", "act_for.email");
        for (String[] user : USERS) {
            if (!user[0].isEmpty()) {
                String prefix = "snowgate.agents." + user[0] + ".";
                values.put(prefix + "upstream-user", user[1]);
                values.put(
                        prefix + "private-key-file",
                        folder.resolve(user[1] + ".pem").toString());
                values.put(prefix + "role", user[2]);
                values.put(prefix + "warehouse", "COMPUTE_WH");
                values.put(prefix + "database", "PROD");
                values.put(prefix + "schema", "CRM");
            }
        }
        return values;
    }

    /** The settings of a replica, port and public origin left out. */
    public Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    /** Starts one more replica on the same database and emulator; gives its port. */
    public int addReplica() {
        return addReplica(context -> {});
    }

    /** The same with something changed in its context before it starts. */
    public int addReplica(ApplicationContextInitializer<ConfigurableApplicationContext> change) {
        int port = freePort();
        Map<String, String> values = new LinkedHashMap<>(settings);
        values.put("server.port", Integer.toString(port));
        values.put("snowgate.public-origin", "http://127.0.0.1:" + port);
        String[] arguments = values.entrySet().stream()
                .map(value -> "--" + value.getKey() + "=" + value.getValue())
                .toArray(String[]::new);
        replicas.add(GatewayApplication.builder()
                .initializers(TestGateway::ownEventLoops, change)
                .run(arguments));
        return port;
    }

    /** A replica that closes would else stop the event loops of all others in this process. */
    private static void ownEventLoops(ConfigurableApplicationContext context) {
        ((GenericApplicationContext) context).registerBean(ReactorResourceFactory.class, () -> {
            ReactorResourceFactory own = new ReactorResourceFactory();
            own.setUseGlobalResources(false);
            return own;
        });
    }

    public int port() {
        return port(0);
    }

    public int port(int replica) {
        return ((WebServerApplicationContext) replicas.get(replica))
                .getWebServer()
                .getPort();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    public ConfigurableApplicationContext context() {
        return replicas.getFirst();
    }

    /** Stops a replica, as a roll-out would. */
    public void stopReplica(int replica) {
        replicas.remove(replica).close();
    }

    public TestDatabase database() {
        return database;
    }

    public EmulatorServer emulator() {
        return emulator;
    }

    public TestIssuer issuer() {
        return issuer;
    }

    /** A token of one of the agents. */
    public String token(String agent) {
        return issuer.token(
                agent, agent.equals("support-copilot") ? "analysts-masked" : "others", agent + "-person@acme.example");
    }

    /** The vendor's JDBC driver, connected as that agent. */
    public Connection connect(String agent) throws SQLException {
        return connect(agent, new Properties());
    }

    public Connection connect(String agent, Properties more) throws SQLException {
        return connect(agent, more, port());
    }

    public Connection connect(String agent, Properties more, int port) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("account", ACCOUNT);
        properties.setProperty("user", agent);
        properties.setProperty("authenticator", "oauth");
        properties.setProperty("token", token(agent));
        properties.setProperty("ssl", "off");
        properties.setProperty("db", "PROD");
        properties.setProperty("schema", "CRM");
        properties.setProperty("warehouse", "COMPUTE_WH");
        properties.setProperty("disablePlatformDetection", "true");
        properties.setProperty("disableOCSPChecks", "true");
        properties.setProperty("CLIENT_TELEMETRY_ENABLED", "false");
        properties.putAll(more);
        return DriverManager.getConnection("jdbc:snowflake://127.0.0.1:" + port + "/", properties);
    }

    /** The vendor's JDBC driver connected to the emulator, past the gateway, as one of its users. */
    public Connection connectUpstream(String user) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("account", ACCOUNT);
        properties.setProperty("user", user);
        properties.setProperty("authenticator", "SNOWFLAKE_JWT");
        properties.setProperty("private_key_file", folder.resolve(user + ".pem").toString());
        properties.setProperty("ssl", "off");
        properties.setProperty("db", "PROD");
        properties.setProperty("schema", "CRM");
        properties.setProperty("disablePlatformDetection", "true");
        properties.setProperty("disableOCSPChecks", "true");
        properties.setProperty("CLIENT_TELEMETRY_ENABLED", "false");
        return DriverManager.getConnection("jdbc:snowflake://" + emulator.url().getAuthority() + "/", properties);
    }

    /** Texts that the emulator executed, describes and our own session statements left out. */
    public List<String> executed() {
        return emulator.log().stream()
                .filter(entry -> !entry.describe())
                .map(LogEntry::sqlText)
                .toList();
    }

    /** How often something that contains this text was executed. */
    public long executed(String part) {
        return executed().stream()
                .filter(text ->
                        text.toUpperCase(java.util.Locale.ROOT).contains(part.toUpperCase(java.util.Locale.ROOT)))
                .count();
    }

    /** Waits for the one request that is pending and gives its id. */
    public long awaitRequest() throws SQLException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < deadline) {
            List<String> ids = query("select id from approval_request where state = 'PENDING'");
            if (!ids.isEmpty()) {
                return Long.parseLong(ids.getFirst());
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("no request came");
    }

    /** Reviews under the console's role, as its service does: the review and its announcement in one transaction. */
    public void review(long request, String verdict, String comment) throws SQLException {
        try (Connection connection = database.console().connect()) {
            connection.setAutoCommit(false);
            try (PreparedStatement review = connection.prepareStatement(
                    "insert into approval_review (request_id, reviewer_person, reviewer_name, reviewer_groups,"
                            + " verdict, comment) values (?, ?, 'Mara', '{data-owners}', ?, ?)")) {
                review.setLong(1, request);
                review.setString(2, REVIEWER);
                review.setString(3, verdict);
                review.setString(4, comment);
                review.executeUpdate();
            }
            try (PreparedStatement notify = connection.prepareStatement(
                    "select pg_notify('snowgate', 'review:' || id || ':' || statement_id) from approval_request where"
                            + " id = ?")) {
                notify.setLong(1, request);
                notify.execute();
            }
            connection.commit();
        }
    }

    /** The first column of a query under the owner's role. */
    public List<String> query(String sql) throws SQLException {
        try (Connection connection = database.owner().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    /** Changes something under the owner's role, as only a test may. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = database.owner().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Kinds of the events of the statements whose shape contains this text, in order. */
    public List<String> events(String shapePart) throws SQLException {
        return query(
                "select e.kind from session_event e join statement s on s.id = e.statement_id where s.shape ilike '%"
                        + shapePart.replace("'", "''") + "%' order by e.at, e.seq");
    }

    /** Waits until the condition holds, at most twenty seconds. */
    public static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not come true in time");
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        replicas.reversed().forEach(ConfigurableApplicationContext::close);
        emulator.close();
        issuer.close();
        database.close();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(TestGateway::delete);
            delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The shipped policies, wherever the build runs. */
    private static Path policies() {
        Path here = Path.of("").toAbsolutePath();
        Path policies = here.resolve("policies");
        return Files.isDirectory(policies) ? policies : here.resolveSibling("policies");
    }

    private static String key(Path folder, String user) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            Path file = folder.resolve(user + ".pem");
            Files.writeString(file, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
            return pem("PUBLIC KEY", pair.getPublic().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----\n";
    }

    private static int freePort() {
        try (java.net.ServerSocket socket =
                new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

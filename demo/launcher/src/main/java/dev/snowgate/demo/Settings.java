package dev.snowgate.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of each program, written to a file that only its owner reads: secrets never stand on a command line, where every
 * user of the machine sees them.
 */
final class Settings {
    private final DemoState state;
    private final Ports ports;

    Settings(DemoState state, Ports ports) {
        this.state = state;
        this.ports = ports;
    }

    List<String> emulator() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("emulator.account", Cast.ACCOUNT);
        values.put("emulator.port", Integer.toString(ports.emulator()));
        values.put("emulator.storage-port", Integer.toString(ports.storage()));
        values.put("emulator.data-dir", state.folder().resolve("snowflake").toString());
        values.put("emulator.log-file", state.log("statements").toString());
        int i = 0;
        for (Cast.Agent agent : Cast.AGENTS) {
            emulatedUser(values, i++, agent.upstreamUser(), agent.role());
        }
        emulatedUser(values, i, Cast.CATALOG_USER, "CATALOG_READER");
        return List.of("--emulator.config=" + writeYaml("emulator", values));
    }

    private void emulatedUser(Map<String, String> values, int index, String user, String role) {
        state.userKey(user);
        String prefix = "emulator.users[" + index + "].";
        values.put(prefix + "name", user);
        values.put(prefix + "public-key-file", state.publicKey(user).toString());
        values.put(prefix + "roles", role);
        values.put(prefix + "default-role", role);
        values.put(prefix + "warehouse", "COMPUTE_WH");
        values.put(prefix + "database", "PROD");
        values.put(prefix + "schema", "CRM");
    }

    List<String> identity() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("server.port", Integer.toString(ports.identity()));
        values.put("demo.identity.issuer", ports.identityUrl());
        values.put(
                "demo.identity.key-file",
                state.folder().resolve("identity-key.json").toString());
        values.put("demo.identity.console-url", ports.consoleUrl());
        values.put("demo.identity.console-secret", state.secret("console.client"));
        int i = 0;
        for (Cast.Person person : Cast.PEOPLE) {
            String prefix = "demo.identity.people[" + i++ + "].";
            values.put(prefix + "email", person.email());
            values.put(prefix + "name", person.name());
            values.put(prefix + "password", state.secret("password." + person.email()));
            values.put(prefix + "groups", String.join(",", person.groups()));
        }
        i = 0;
        for (Cast.Agent agent : Cast.AGENTS) {
            String prefix = "demo.identity.agents[" + i++ + "].";
            values.put(prefix + "id", agent.id());
            values.put(prefix + "secret", state.secret("agent." + agent.id()));
            values.put(prefix + "groups", String.join(",", agent.groups()));
            values.put(prefix + "person", agent.person());
        }
        return config("identity", values);
    }

    List<String> gateway() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("server.address", "127.0.0.1");
        values.put("server.port", Integer.toString(ports.gateway()));
        values.put("snowgate.public-origin", ports.gatewayUrl());
        // Nothing balances load before a demo, so nothing has to notice that it ends.
        values.put("snowgate.edge.drain-delay", "0s");
        values.put("snowgate.account", Cast.ACCOUNT);
        values.put("snowgate.keys.file", state.keyFile().toString());
        values.put(
                "snowgate.database.url", "r2dbc:postgresql://127.0.0.1:" + ports.postgres() + "/" + Postgres.DATABASE);
        values.put("snowgate.database.username", "snowgate_gateway");
        values.put("snowgate.database.password", state.secret("database.gateway"));
        values.put("snowgate.upstream.url", ports.emulatorUrl());
        values.put("snowgate.upstream.storage.allowed-hosts", "127.0.0.1:" + ports.storage());
        values.put("snowgate.catalog.access.user", Cast.CATALOG_USER);
        values.put(
                "snowgate.catalog.access.private-key-file",
                state.userKey(Cast.CATALOG_USER).toString());
        values.put("snowgate.catalog.access.role", "CATALOG_READER");
        values.put("snowgate.catalog.access.warehouse", "COMPUTE_WH");
        values.put("snowgate.issuers[0].alias", "demo");
        values.put("snowgate.issuers[0].issuer-uri", ports.identityUrl());
        values.put("snowgate.issuers[0].jwk-set-uri", ports.identityUrl() + "/oauth2/jwks");
        values.put("snowgate.issuers[0].audience", Cast.AUDIENCE);
        values.put("snowgate.issuers[0].person-claim", "act_for.email");
        for (Cast.Agent agent : Cast.AGENTS) {
            String prefix = "snowgate.agents." + agent.id() + ".";
            values.put(prefix + "upstream-user", agent.upstreamUser());
            values.put(
                    prefix + "private-key-file",
                    state.userKey(agent.upstreamUser()).toString());
            values.put(prefix + "role", agent.role());
            values.put(prefix + "warehouse", "COMPUTE_WH");
            values.put(prefix + "database", "PROD");
            values.put(prefix + "schema", "CRM");
        }
        return config("gateway", values);
    }

    List<String> console() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("server.address", "127.0.0.1");
        values.put("server.port", Integer.toString(ports.console()));
        values.putAll(consoleBase());
        values.put("snowgate.console.shown.place", "acme-eu1 · demo");
        values.put("snowgate.console.security.end-session-uri", ports.identityUrl() + "/connect/logout");
        values.put("spring.security.oauth2.resourceserver.jwt.jwk-set-uri", ports.identityUrl() + "/oauth2/jwks");
        String client = "spring.security.oauth2.client.";
        values.put(client + "registration.console.client-id", "console");
        values.put(client + "registration.console.client-secret", state.secret("console.client"));
        values.put(client + "registration.console.scope", "openid,profile,email");
        values.put(client + "registration.console.authorization-grant-type", "authorization_code");
        values.put(client + "registration.console.redirect-uri", ports.consoleUrl() + "/login/oauth2/code/console");
        values.put(client + "provider.console.authorization-uri", ports.identityUrl() + "/oauth2/authorize");
        values.put(client + "provider.console.token-uri", ports.identityUrl() + "/oauth2/token");
        values.put(client + "provider.console.jwk-set-uri", ports.identityUrl() + "/oauth2/jwks");
        values.put(client + "provider.console.user-info-uri", ports.identityUrl() + "/userinfo");
        values.put(client + "provider.console.user-name-attribute", "sub");
        return config("console", values);
    }

    /** What the console's command mode needs: everything but the web server and the log-in. */
    List<String> consoleCommand() {
        return config("console-command", consoleBase());
    }

    private Map<String, String> consoleBase() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(
                "spring.datasource.url",
                "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/" + Postgres.DATABASE
                        + "?currentSchema=snowgate");
        values.put("spring.datasource.username", "snowgate_console");
        values.put("spring.datasource.password", state.secret("database.console"));
        values.put("snowgate.keys.file", state.keyFile().toString());
        values.put("snowgate.catalog.url", ports.emulatorUrl());
        values.put("snowgate.catalog.account", Cast.ACCOUNT);
        values.put("snowgate.catalog.user", Cast.CATALOG_USER);
        values.put(
                "snowgate.catalog.private-key-file",
                state.userKey(Cast.CATALOG_USER).toString());
        values.put("snowgate.catalog.role", "CATALOG_READER");
        values.put("snowgate.catalog.warehouse", "COMPUTE_WH");
        values.put("snowgate.catalog.databases", "PROD,DEV");
        return values;
    }

    private List<String> config(String program, Map<String, String> values) {
        return List.of("--spring.config.additional-location=file:" + write(program, values));
    }

    /** The emulator reads YAML only. */
    private Path writeYaml(String program, Map<String, String> values) {
        List<String> lines = new ArrayList<>();
        values.forEach((name, value) -> lines.add(name + ": '" + value.replace("'", "''") + "'"));
        Path file = state.folder().resolve(program + ".yaml");
        state.writePrivate(file, String.join("\n", lines) + "\n");
        return file;
    }

    private Path write(String program, Map<String, String> values) {
        List<String> lines = new ArrayList<>();
        values.forEach((name, value) -> lines.add(name + "=" + escaped(value)));
        Path file = state.folder().resolve(program + ".properties");
        state.writePrivate(file, String.join("\n", lines) + "\n");
        return file;
    }

    /** Properties files are read as ISO 8859-1: anything else is written as an escape. */
    private static String escaped(String value) {
        StringBuilder out = new StringBuilder();
        value.chars().forEach(c -> {
            if (c == '\\') {
                out.append("\\\\");
            } else if (c > 126) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.append((char) c);
            }
        });
        return out.toString();
    }
}

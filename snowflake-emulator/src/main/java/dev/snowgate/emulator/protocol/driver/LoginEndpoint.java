package dev.snowgate.emulator.protocol.driver;

import dev.snowgate.emulator.EmulatedUser;
import dev.snowgate.emulator.Refused;
import dev.snowgate.emulator.engine.DuckDb;
import dev.snowgate.emulator.protocol.Call;
import dev.snowgate.emulator.protocol.Json;
import dev.snowgate.emulator.protocol.Reply;
import dev.snowgate.emulator.session.Accounts;
import dev.snowgate.emulator.session.Session;
import dev.snowgate.emulator.session.Sessions;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Log-in and renewal of tokens. */
final class LoginEndpoint {
    private final Accounts accounts;
    private final Sessions sessions;
    private final DuckDb duckDb;

    LoginEndpoint(Accounts accounts, Sessions sessions, DuckDb duckDb) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.duckDb = duckDb;
    }

    Reply login(Call call) {
        JsonNode data = call.json().path("data");
        EmulatedUser user = authenticate(data);
        String role = Accounts.role(user, call.query("roleName"));
        String app = Json.text(data, "CLIENT_APP_ID");
        Session session = sessions.open(user, role, app == null ? "" : app);
        Json.parameters(data.path("SESSION_PARAMETERS")).forEach(session::parameter);
        String secondary = Json.text(data, "SECONDARY_ROLES");
        if (secondary != null) {
            session.useSecondaryRoles(secondary.toUpperCase(Locale.ROOT));
        }
        context(session, call);
        Sessions.Tokens tokens = sessions.issue(session);
        ObjectNode reply = Json.object();
        reply.put("masterToken", tokens.master())
                .put("token", tokens.session())
                .put("validityInSeconds", tokens.sessionSeconds())
                .put("masterValidityInSeconds", tokens.masterSeconds())
                .put("displayUserName", user.name())
                .put("serverVersion", "9.40.1")
                .put("firstLogin", false)
                .putNull("remMeToken")
                .put("remMeValidityInSeconds", 0)
                .put("healthCheckInterval", 45)
                .putNull("newClientForUpgrade")
                .put("sessionId", session.id())
                .putNull("idToken")
                .put("idTokenValidityInSeconds", 0)
                .putNull("responseData")
                .putNull("mfaToken")
                .put("mfaTokenValidityInSeconds", 0);
        reply.set("parameters", Parameters.of(session));
        reply.putObject("sessionInfo")
                .put("databaseName", session.database())
                .put("schemaName", session.schema())
                .put("warehouseName", session.warehouse())
                .put("roleName", session.role());
        return Envelope.success(reply);
    }

    private EmulatedUser authenticate(JsonNode data) {
        String name = String.valueOf(Json.text(data, "LOGIN_NAME"));
        String token = String.valueOf(Json.text(data, "TOKEN"));
        String authenticator = Json.text(data, "AUTHENTICATOR");
        return switch (authenticator == null ? "SNOWFLAKE" : authenticator.toUpperCase(Locale.ROOT)) {
            case "SNOWFLAKE", "USERNAME_PASSWORD_MFA", "" ->
                accounts.byPassword(name, String.valueOf(Json.text(data, "PASSWORD")));
            case "SNOWFLAKE_JWT" -> accounts.byKeyPair(Json.text(data, "LOGIN_NAME"), token);
            case "OAUTH" -> accounts.byOauth(token);
            case "PROGRAMMATIC_ACCESS_TOKEN" -> accounts.byPat(token);
            default -> throw new Refused("390190", "08001", "This authenticator is not supported: " + authenticator);
        };
    }

    /** What the client wished for in the query; a name that does not exist leaves the session without. */
    private void context(Session session, Call call) {
        String warehouse = upper(call.query("warehouse"));
        if (warehouse != null) {
            session.useWarehouse(warehouse);
        }
        String database = call.query("databaseName") == null ? session.database() : upper(call.query("databaseName"));
        String wished = call.query("schemaName") == null ? session.schema() : upper(call.query("schemaName"));
        String schema = wished == null ? "PUBLIC" : wished;
        try {
            boolean known = database != null && duckDb.databases().contains(database);
            session.useSchema(
                    known ? database : null,
                    known && duckDb.hasSchema(String.valueOf(database), schema) ? schema : null);
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB does not list its schemas", e);
        }
    }

    private static @Nullable String upper(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return null;
        }
        return name.startsWith("\"") ? name.replace("\"", "") : name.toUpperCase(Locale.ROOT);
    }

    Reply renew(Call call) {
        JsonNode body = call.json();
        Map.Entry<Session, Sessions.Tokens> renewed =
                sessions.renew(Authorization.token(call), String.valueOf(Json.text(body, "oldSessionToken")));
        Sessions.Tokens tokens = renewed.getValue();
        return Envelope.success(Json.object()
                .put("sessionToken", tokens.session())
                .put("validityInSecondsST", tokens.sessionSeconds())
                .put("masterToken", tokens.master())
                .put("validityInSecondsMT", tokens.masterSeconds())
                .put("sessionId", renewed.getKey().id()));
    }
}

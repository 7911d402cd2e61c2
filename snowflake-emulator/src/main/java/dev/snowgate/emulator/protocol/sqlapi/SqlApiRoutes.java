package dev.snowgate.emulator.protocol.sqlapi;

import dev.snowgate.emulator.EmulatedUser;
import dev.snowgate.emulator.Refused;
import dev.snowgate.emulator.engine.Execution;
import dev.snowgate.emulator.engine.Executions;
import dev.snowgate.emulator.engine.Outcome;
import dev.snowgate.emulator.engine.Request;
import dev.snowgate.emulator.protocol.Call;
import dev.snowgate.emulator.protocol.Http;
import dev.snowgate.emulator.protocol.Json;
import dev.snowgate.emulator.protocol.Reply;
import dev.snowgate.emulator.protocol.SqlFaults;
import dev.snowgate.emulator.session.Accounts;
import dev.snowgate.emulator.session.Session;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import tools.jackson.databind.JsonNode;

/** Submit, poll, partitions and cancel. There is no session: each request brings its bearer and its context. */
public final class SqlApiRoutes {
    private static final Pattern FIRST_WORD =
            Pattern.compile("^(?:\\s|--[^\\n]*\\n|/\\*.*?\\*/)*([A-Za-z]+)", Pattern.DOTALL);
    private static final Set<String> NOT_ALONE =
            Set.of("PUT", "GET", "USE", "BEGIN", "COMMIT", "ROLLBACK", "SET", "UNSET");
    private final Http http;
    private final Accounts accounts;
    private final Executions executions;
    private final SqlApiReply replies;
    private final SqlFaults faults;
    private final long pollMillis;

    public SqlApiRoutes(Http http, Accounts accounts, Executions executions, SqlFaults faults, long pollMillis) {
        this.http = http;
        this.accounts = accounts;
        this.executions = executions;
        this.replies = new SqlApiReply();
        this.faults = faults;
        this.pollMillis = pollMillis;
    }

    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .POST("/api/v2/statements", asUser(this::submit))
                .GET("/api/v2/statements/{handle}", asUser(this::status))
                .POST("/api/v2/statements/{handle}/cancel", asUser(this::cancel))
                .build();
    }

    private Reply submit(Call call, EmulatedUser user) {
        JsonNode body = call.json();
        String statement = Json.text(body, "statement");
        if (statement == null) {
            return SqlApiReply.message(400, "390142", "Incoming request does not contain a valid payload.");
        }
        String given = call.query("requestId");
        String requestId = given == null ? UUID.randomUUID().toString() : given;
        Session session = session(user, body);
        Map<String, String> parameters = Json.parameters(body.path("parameters"));
        long timeout = body.path("timeout").asLong(0);
        if (timeout > 0) {
            parameters.put("STATEMENT_TIMEOUT_IN_SECONDS", Long.toString(timeout));
        }
        boolean alone =
                !parameters.containsKey("MULTI_STATEMENT_COUNT") || "1".equals(parameters.get("MULTI_STATEMENT_COUNT"));
        Matcher first = FIRST_WORD.matcher(statement);
        if (alone && first.find() && NOT_ALONE.contains(first.group(1).toUpperCase(java.util.Locale.ROOT))) {
            return SqlApiReply.message(422, "391911", "Unsupported feature: statement type " + first.group(1) + ".");
        }
        boolean async = "true".equals(call.query("async"));
        Request request = new Request(
                session,
                "sqlapi",
                requestId,
                statement,
                Json.bindings(body.path("bindings")),
                parameters,
                false,
                async);
        return faults.around(statement, () -> answer(executions.submit(request), async ? 0 : pollMillis, 0));
    }

    private Reply status(Call call, EmulatedUser user) {
        String partition = call.query("partition");
        int number = partition == null || !partition.matches("\\d{1,6}") ? 0 : Integer.parseInt(partition);
        Execution execution = find(call, user);
        return execution == null ? unknown(call) : answer(execution, 0, number);
    }

    private Reply answer(Execution execution, long wait, int partition) {
        Outcome outcome = execution.await(wait);
        return switch (outcome) {
            case null -> SqlApiReply.inProgress(execution);
            case Outcome.Failure failure -> SqlApiReply.failed(execution, failure.error());
            case Outcome.Success success -> replies.single(execution, success, partition);
            case Outcome.Several several -> SqlApiReply.several(execution, several);
        };
    }

    private Reply cancel(Call call, EmulatedUser user) {
        Execution execution = find(call, user);
        if (execution == null) {
            return unknown(call);
        }
        return executions.abort(execution)
                ? SqlApiReply.cancelled(execution)
                : SqlApiReply.message(422, "000605", "Identified SQL statement is not currently executing.");
    }

    private @Nullable Execution find(Call call, EmulatedUser user) {
        return executions.find(new Session(0, user, user.effectiveRole(), "SQLAPI", true), call.variable("handle"));
    }

    private static Reply unknown(Call call) {
        return SqlApiReply.message(404, "391902", "Statement handle not found: " + call.variable("handle"));
    }

    private static Session session(EmulatedUser user, JsonNode body) {
        Session session = new Session(0, user, Accounts.role(user, Json.text(body, "role")), "SQLAPI", true);
        String warehouse = Json.text(body, "warehouse");
        if (warehouse != null && !warehouse.isEmpty()) {
            session.useWarehouse(warehouse);
        }
        String database = Json.text(body, "database");
        String schema = Json.text(body, "schema");
        boolean named = database != null && !database.isEmpty();
        String usedSchema = schema != null && !schema.isEmpty() ? schema : named ? "PUBLIC" : session.schema();
        session.useSchema(named ? database : session.database(), usedSchema);
        return session;
    }

    private EmulatedUser authenticate(Call call) {
        String header = call.header("Authorization");
        if (header == null || !header.startsWith("Bearer ")) {
            throw new Refused("390101", "08001", "Authorization header not found in the request data.");
        }
        String token = header.substring("Bearer ".length());
        String type = call.header("X-Snowflake-Authorization-Token-Type");
        return switch (type == null ? "OAUTH" : type) {
            case "KEYPAIR_JWT" -> accounts.byKeyPair(null, token);
            case "OAUTH" -> accounts.byOauth(token);
            case "PROGRAMMATIC_ACCESS_TOKEN" -> accounts.byPat(token);
            default -> throw new Refused("390146", "08001", "Unknown token type.");
        };
    }

    private HandlerFunction<ServerResponse> asUser(BiFunction<Call, EmulatedUser, Reply> answer) {
        return http.blocking(call -> {
            try {
                return answer.apply(call, authenticate(call));
            } catch (Refused e) {
                return SqlApiReply.message(
                        e.code().equals("390400") ? 400 : e.code().equals("390189") ? 403 : 401, e.code(), e.text());
            }
        });
    }
}

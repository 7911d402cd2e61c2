package dev.snowgate.gateway.snowflake.client;

import dev.snowgate.gateway.session.UpstreamLogIn;
import dev.snowgate.gateway.session.UpstreamSession;
import dev.snowgate.gateway.session.UpstreamTokens;
import dev.snowgate.gateway.snowflake.ResultFormats;
import dev.snowgate.gateway.snowflake.SessionParameters;
import dev.snowgate.gateway.snowflake.SessionParameters.Treatment;
import dev.snowgate.gateway.snowflake.StrictJson;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The log-in of the driver protocol: what we send, and what we accept as an answer. */
final class DriverLogIn {
    private static final String PATH = "/session/v1/login-request";
    private final UpstreamLogIn wished;
    private final KeyPairCredential credential;
    private final String account;
    private final SortedMap<String, String> forwarded = new TreeMap<>();
    private final SortedMap<String, String> formats = new TreeMap<>();
    private final List<String> dropped = new ArrayList<>();

    DriverLogIn(UpstreamLogIn wished, KeyPairCredential credential, String account) {
        this.wished = wished;
        this.credential = credential;
        this.account = account;
        wished.parameters().forEach(this::sort);
    }

    private void sort(String name, String value) {
        String upper = name.toUpperCase(Locale.ROOT);
        switch (SessionParameters.treatmentOf(upper)) {
            case FORWARD, TRACKED -> forwarded.put(upper, value);
            case OURS -> ours(upper, value);
            case UNKNOWN -> drop(upper);
            case REFUSE ->
                throw new GatewayException(
                        GatewayErrorCode.AUTHENTICATION_FAILED,
                        "The session parameter " + upper + " may not be set through Snowgate. Leave it out.");
        }
    }

    /** Of ours only the wished result formats are kept: the session remembers them, and each statement states them. */
    private void ours(String name, String value) {
        if (SessionParameters.RESULT_FORMATS.contains(name) && ResultFormats.isValue(value)) {
            formats.put(name, value.toUpperCase(Locale.ROOT));
        } else {
            drop(name);
        }
    }

    private void drop(String name) {
        dropped.add(name.length() > 100 ? name.substring(0, 100) : name);
    }

    /** Names travel in the query only; an absent one would mean the Snowflake user's own default. */
    UpstreamRequest request() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("requestId", UUID.randomUUID().toString());
        wished.database().ifPresent(name -> query.put("databaseName", identifier(name)));
        wished.schema().ifPresent(name -> query.put("schemaName", identifier(name)));
        query.put("warehouse", identifier(wished.warehouse()));
        query.put("roleName", identifier(wished.role()));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        return UpstreamRequest.post(DriverPaths.with(PATH, query), headers, body());
    }

    private byte[] body() {
        ObjectNode data = StrictJson.object();
        boolean known = ResultFormats.knows(wished.client());
        data.put("CLIENT_APP_ID", known ? wished.client().name() : "Snowgate");
        data.put("CLIENT_APP_VERSION", known ? wished.client().version() : "0.1.0");
        data.put("ACCOUNT_NAME", account);
        data.put("LOGIN_NAME", credential.user());
        data.put("AUTHENTICATOR", "SNOWFLAKE_JWT");
        data.put("TOKEN", credential.token());
        data.put("SECONDARY_ROLES", "NONE");
        data.set("CLIENT_ENVIRONMENT", StrictJson.object().put("APPLICATION", "Snowgate"));
        data.set("SESSION_PARAMETERS", parameters());
        ObjectNode body = StrictJson.object();
        body.set("data", data);
        return StrictJson.write(body);
    }

    private ObjectNode parameters() {
        ObjectNode parameters = StrictJson.object();
        forwarded.forEach((name, value) -> {
            if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
                parameters.put(name, Boolean.parseBoolean(value.toLowerCase(Locale.ROOT)));
            } else {
                parameters.put(name, value);
            }
        });
        wishedFormats().forEach(parameters::put);
        parameters.put("ABORT_DETACHED_QUERY", false);
        return parameters;
    }

    /** The session of a reply; anything but a session in the role that we named is an error. */
    UpstreamSession session(DriverEnvelope reply) {
        if (!reply.success()) {
            throw new GatewayException(
                    GatewayErrorCode.AUTHENTICATION_FAILED, reply.refusal("upstream log-in of this agent"));
        }
        Map<String, Optional<String>> names = names(reply.data().path("sessionInfo"));
        if (!names.getOrDefault("role", Optional.empty()).equals(Optional.of(wished.role()))) {
            throw UpstreamFault.notUnderstood("the session is not in the role that was named");
        }
        UpstreamTokens tokens = new UpstreamTokens(
                reply.text("token"),
                reply.text("masterToken"),
                reply.data().path("sessionId").asLong(0));
        return new UpstreamSession(
                tokens,
                account,
                credential.user(),
                names,
                told(reply.data().path("parameters")),
                tracked(),
                List.copyOf(dropped));
    }

    private SortedMap<String, String> tracked() {
        SortedMap<String, String> tracked = new TreeMap<>(forwarded);
        tracked.putAll(formats);
        return tracked;
    }

    private Map<String, String> wishedFormats() {
        return ResultFormats.of(wished.client().name(), Map.of(), formats);
    }

    private static Map<String, Optional<String>> names(JsonNode info) {
        Map<String, Optional<String>> names = new HashMap<>();
        names.put("database", name(info, "databaseName"));
        names.put("schema", name(info, "schemaName"));
        names.put("warehouse", name(info, "warehouseName"));
        names.put("role", name(info, "roleName"));
        return names;
    }

    private static Optional<String> name(JsonNode info, String field) {
        JsonNode value = info.path(field);
        return value.isString() && !value.stringValue().isEmpty() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    /** Parameters that the client is told: those of the upstream, except where ours win. */
    private Map<String, Object> told(JsonNode parameters) {
        Map<String, Object> told = new HashMap<>();
        for (JsonNode parameter : parameters) {
            String name = parameter.path("name").asString("");
            Object value = DriverEnvelope.scalar(parameter.path("value"));
            if (!name.isEmpty() && value != null && !isOurs(name)) {
                told.put(name, value);
            }
        }
        // Binds then travel inline, where they are seen, and never through a stage.
        told.put("CLIENT_STAGE_ARRAY_BINDING_THRESHOLD", 0L);
        told.put("CLIENT_TELEMETRY_ENABLED", false);
        told.putAll(wishedFormats());
        return told;
    }

    private static boolean isOurs(String name) {
        return name.equals("SERVICE_NAME") || SessionParameters.treatmentOf(name) == Treatment.OURS;
    }

    /** A stored name as Snowflake reads names in a log-in: quoted unless it is plain upper case. */
    static String identifier(String stored) {
        return stored.matches("[A-Z_][A-Z0-9_$]*") ? stored : '"' + stored.replace("\"", "\"\"") + '"';
    }
}

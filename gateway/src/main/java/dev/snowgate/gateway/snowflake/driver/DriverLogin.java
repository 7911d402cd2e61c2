package dev.snowgate.gateway.snowflake.driver;

import dev.snowgate.gateway.session.LogInRequest;
import dev.snowgate.gateway.snowflake.ProtocolExchange;
import dev.snowgate.gateway.snowflake.RequestBody;
import dev.snowgate.gateway.snowflake.RequestHead;
import dev.snowgate.gateway.snowflake.RequestReader;
import dev.snowgate.gateway.snowflake.StatementParameters;
import dev.snowgate.gateway.snowflake.StrictJson;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.model.agent.ClientApplication;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a driver's log-in. Only {@code OAUTH} opens a session: the token is the identity provider's. */
final class DriverLogin {
    static final String ADVICE =
            "Snowgate accepts the authenticator OAUTH only. Set authenticator=oauth and give your identity provider's"
                    + " access token as the token.";
    private static final int MOST_FACTS = 64;
    private static final int LONGEST_FACT = 500;

    private DriverLogin() {}

    static RequestReader.ReadLogin read(ProtocolExchange.Login login, RequestHead head, byte[] bytes) {
        RequestBody outer = RequestBody.read(bytes, DriverFields.LOGIN);
        ObjectNode dataNode = outer.object("data")
                .orElseThrow(
                        () -> new GatewayException(GatewayErrorCode.MALFORMED_REQUEST, "The field 'data' is missing."));
        RequestBody data = RequestBody.of(dataNode, DriverFields.LOGIN_DATA);
        String authenticator = data.text("AUTHENTICATOR").orElse("SNOWFLAKE").toUpperCase(Locale.ROOT);
        String token = data.text("TOKEN").orElse("");
        if (!authenticator.equals("OAUTH")) {
            throw new GatewayException(
                    GatewayErrorCode.LOGIN_METHOD_UNSUPPORTED,
                    "This client asked for another way to log in. " + ADVICE);
        }
        if (token.isEmpty()) {
            throw new GatewayException(GatewayErrorCode.AUTHENTICATION_FAILED, "The log-in has no token. " + ADVICE);
        }
        StatementParameters parameters =
                data.object("SESSION_PARAMETERS").map(StatementParameters::read).orElseGet(StatementParameters::none);
        List<String> dropped = new ArrayList<>(outer.dropped());
        dropped.addAll(data.dropped());
        dropped.addAll(parameters.dropped());
        return new RequestReader.ReadLogin(request(login, head, data, token, parameters), List.copyOf(dropped));
    }

    private static LogInRequest request(
            ProtocolExchange.Login login,
            RequestHead head,
            RequestBody data,
            String token,
            StatementParameters parameters) {
        Map<String, String> sessionParameters = new LinkedHashMap<>(parameters.forwarded());
        sessionParameters.putAll(parameters.tracked());
        sessionParameters.putAll(parameters.formats());
        Map<String, String> environment = environment(data.object("CLIENT_ENVIRONMENT"));
        parameters.queryTag().ifPresent(tag -> environment.put("QUERY_TAG", cut(tag)));
        return new LogInRequest(
                "OAUTH",
                token,
                cut(data.text("LOGIN_NAME").orElse("")),
                cut(data.text("ACCOUNT_NAME").orElse("")),
                login.database(),
                login.schema(),
                login.warehouse(),
                login.role(),
                sessionParameters,
                new ClientApplication(
                        cut(data.text("CLIENT_APP_ID").orElse("unknown")),
                        cut(data.text("CLIENT_APP_VERSION").orElse(""))),
                head.network(),
                environment);
    }

    // Claims of the client about its machine: kept for the recording, bounded.
    private static Map<String, String> environment(Optional<ObjectNode> given) {
        Map<String, String> facts = new LinkedHashMap<>();
        given.ifPresent(object -> object.properties().stream()
                .filter(field -> !field.getValue().isNull())
                .limit(MOST_FACTS)
                .forEach(field -> facts.put(cut(field.getKey()), cut(textOf(field.getValue())))));
        return facts;
    }

    private static String textOf(JsonNode value) {
        return value.isContainer()
                ? new String(StrictJson.write(value), java.nio.charset.StandardCharsets.UTF_8)
                : value.asString();
    }

    private static String cut(String text) {
        return text.length() > LONGEST_FACT ? text.substring(0, LONGEST_FACT) : text;
    }
}

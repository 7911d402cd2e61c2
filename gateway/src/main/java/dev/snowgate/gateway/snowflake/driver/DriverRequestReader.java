package dev.snowgate.gateway.snowflake.driver;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.snowflake.Credentials;
import dev.snowgate.gateway.snowflake.ProtocolExchange;
import dev.snowgate.gateway.snowflake.RequestBody;
import dev.snowgate.gateway.snowflake.RequestHead;
import dev.snowgate.gateway.snowflake.RequestReader;
import dev.snowgate.gateway.snowflake.StatementParameters;
import dev.snowgate.gateway.snowflake.StatementTexts;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.model.statement.StatementId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the drivers' requests. */
final class DriverRequestReader implements RequestReader {
    private static final Pattern TOKEN =
            Pattern.compile("Snowflake\\s+Token=\"([^\"\\s]{1,16384})\"", Pattern.CASE_INSENSITIVE);

    private final int mostCharacters;

    DriverRequestReader(int mostCharacters) {
        this.mostCharacters = mostCharacters;
    }

    @Override
    public ProtocolExchange recognise(RequestHead head) {
        return DriverPaths.recognise(head);
    }

    @Override
    public Credentials credentials(RequestHead head) {
        Matcher matcher = TOKEN.matcher(head.header("Authorization").orElse("").strip());
        return matcher.matches() ? new Credentials.SessionToken(matcher.group(1)) : new Credentials.None();
    }

    @Override
    public Statement statement(
            ProtocolExchange.StatementSubmission submission,
            RequestHead head,
            byte[] bytes,
            AgentSession session,
            Instant receivedAt) {
        head.requireJson();
        List<String> dropped = new ArrayList<>(DriverFields.STATEMENT.checkQuery(head));
        RequestBody body = RequestBody.read(bytes, DriverFields.STATEMENT);
        StatementTexts.requireSame(submission.requestId(), body.text("requestId"), "requestId");
        StatementParameters parameters =
                body.object("parameters").map(StatementParameters::read).orElseGet(StatementParameters::none);
        requireInForce(parameters, session);
        dropped.addAll(body.dropped());
        dropped.addAll(parameters.dropped());
        return new Statement(
                StatementId.random(),
                session,
                submission.requestId(),
                StatementTexts.required(body.text("sqlText"), "sqlText", mostCharacters),
                body.bindings(),
                withFormats(parameters),
                session.context(),
                body.flag("describeOnly"),
                body.flag("asyncExec"),
                parameters.statementCount(),
                parameters.timeoutSeconds(),
                parameters.rowLimit(),
                parameters.queryTag().orElse(""),
                List.copyOf(dropped),
                receivedAt);
    }

    private static Map<String, String> withFormats(StatementParameters parameters) {
        Map<String, String> accepted = new TreeMap<>(parameters.forwarded());
        accepted.putAll(parameters.formats());
        return accepted;
    }

    // The analysis reads these from the session; another value for one statement would make it wrong.
    private static void requireInForce(StatementParameters parameters, AgentSession session) {
        parameters.tracked().forEach((name, value) -> {
            String inForce = session.context().parameters().get(name);
            if (inForce == null || !inForce.equalsIgnoreCase(value)) {
                throw new GatewayException(
                        GatewayErrorCode.UNSUPPORTED_FIELD,
                        "The parameter " + name
                                + " cannot be set for one statement. Set it with ALTER SESSION SET first.");
            }
        });
    }

    @Override
    public ReadLogin logIn(ProtocolExchange.Login login, RequestHead head, byte[] body) {
        head.requireJson();
        return DriverLogin.read(login, head, body);
    }

    @Override
    public String oldSessionToken(byte[] bytes) {
        RequestBody body = RequestBody.read(bytes, DriverFields.RENEWAL);
        if (!body.text("requestType").orElse("RENEW").equals("RENEW")) {
            throw new GatewayException(
                    GatewayErrorCode.UNSUPPORTED_FIELD, "Tokens can only be renewed: requestType must be RENEW.");
        }
        return required(body.text("oldSessionToken"), "oldSessionToken");
    }

    @Override
    public String requestToCancel(byte[] bytes) {
        return StatementTexts.requestId(
                required(RequestBody.read(bytes, DriverFields.ABORT).text("requestId"), "requestId"));
    }

    private static String required(Optional<String> value, String name) {
        return value.filter(text -> !text.isEmpty())
                .orElseThrow(() -> new GatewayException(
                        GatewayErrorCode.MALFORMED_REQUEST, "The field '" + name + "' is missing."));
    }
}

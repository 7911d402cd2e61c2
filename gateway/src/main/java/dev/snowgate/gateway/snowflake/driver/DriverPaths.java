package dev.snowgate.gateway.snowflake.driver;

import dev.snowgate.gateway.snowflake.ProtocolExchange;
import dev.snowgate.gateway.snowflake.RequestHead;
import dev.snowgate.gateway.snowflake.StatementTexts;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import java.util.Optional;
import java.util.Set;

/** What each path of the drivers' protocol asks for. */
final class DriverPaths {
    private static final Set<String> POSTED = Set.of(
            "/session",
            "/session/v1/login-request",
            "/session/token-request",
            "/session/heartbeat",
            "/queries/v1/query-request",
            "/queries/v1/abort-request",
            "/telemetry/send",
            "/telemetry/send/sessionless");
    private static final Set<String> SIGN_ON = Set.of("/session/authenticator-request");

    private DriverPaths() {}

    static ProtocolExchange recognise(RequestHead head) {
        return switch (head.method()) {
            case "POST" -> posted(head);
            case "GET" -> got(head);
            default -> POSTED.contains(head.path()) ? wrongMethod(head) : unknown(head);
        };
    }

    private static ProtocolExchange posted(RequestHead head) {
        return switch (head.path()) {
            case "/session/v1/login-request" ->
                new ProtocolExchange.Login(
                        head.queryParameter("databaseName"),
                        head.queryParameter("schemaName"),
                        head.queryParameter("warehouse"),
                        head.queryParameter("roleName"));
            case "/session/token-request" -> new ProtocolExchange.TokenRenewal();
            case "/session/heartbeat" -> new ProtocolExchange.Heartbeat();
            case "/session" -> head.queryFlag("delete", false) ? new ProtocolExchange.Logout() : unknown(head);
            case "/queries/v1/query-request" -> submission(head);
            case "/queries/v1/abort-request" -> new ProtocolExchange.StatementCancel(Optional.empty());
            case "/telemetry/send", "/telemetry/send/sessionless" -> new ProtocolExchange.Telemetry();
            default ->
                idBetween(head.path(), "/queries/", "/abort-request")
                        .<ProtocolExchange>map(id -> new ProtocolExchange.StatementCancel(Optional.of(id)))
                        .orElseGet(() -> unknown(head));
        };
    }

    private static ProtocolExchange got(RequestHead head) {
        if (POSTED.contains(head.path())) {
            return wrongMethod(head);
        }
        Optional<String> polled = idBetween(head.path(), "/queries/", "/result");
        if (polled.isPresent()) {
            return new ProtocolExchange.ResultPoll(polled.get(), Optional.empty(), true);
        }
        return idBetween(head.path(), "/monitoring/queries/", "")
                .<ProtocolExchange>map(ProtocolExchange.QueryStatus::new)
                .orElseGet(() -> unknown(head));
    }

    private static ProtocolExchange submission(RequestHead head) {
        String requestId = head.queryParameter("requestId")
                .orElseThrow(() -> new GatewayException(
                        GatewayErrorCode.MALFORMED_REQUEST, "The query parameter 'requestId' is missing."));
        return new ProtocolExchange.StatementSubmission(StatementTexts.requestId(requestId), false, true);
    }

    private static Optional<String> idBetween(String path, String before, String after) {
        if (!path.startsWith(before) || !path.endsWith(after) || path.length() <= before.length() + after.length()) {
            return Optional.empty();
        }
        return Optional.of(path.substring(before.length(), path.length() - after.length()))
                .filter(StatementTexts::isId);
    }

    private static ProtocolExchange wrongMethod(RequestHead head) {
        return new ProtocolExchange.Unrecognised(
                GatewayErrorCode.UNSUPPORTED_METHOD, "This path is only served for POST.");
    }

    private static ProtocolExchange unknown(RequestHead head) {
        return SIGN_ON.contains(head.path())
                ? new ProtocolExchange.Unrecognised(GatewayErrorCode.LOGIN_METHOD_UNSUPPORTED, DriverLogin.ADVICE)
                : new ProtocolExchange.Unrecognised(
                        GatewayErrorCode.UNKNOWN_PATH,
                        "Snowgate does not serve this path. Use a Snowflake driver's statements or the SQL API.");
    }
}

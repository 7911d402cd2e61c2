package dev.snowgate.gateway.snowflake.driver;

import dev.snowgate.gateway.session.OpenedSession;
import dev.snowgate.gateway.session.RenewedTokens;
import dev.snowgate.gateway.snowflake.EncodedReply;
import dev.snowgate.gateway.snowflake.StrictJson;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Replies to log-in and renewal. Tokens and the session's number are ours, never Snowflake's. */
final class DriverSessionReplies {
    private static final int HEALTH_CHECK_SECONDS = 45;

    private DriverSessionReplies() {}

    static EncodedReply opened(OpenedSession session) {
        ObjectNode data = StrictJson.object();
        data.put("masterToken", session.masterToken());
        data.put("token", session.sessionToken());
        data.put("validityInSeconds", session.sessionValidity().toSeconds());
        data.put("masterValidityInSeconds", session.masterValidity().toSeconds());
        data.put("displayUserName", session.session().principal().agent().value());
        data.put("serverVersion", "9.1.0");
        data.put("firstLogin", false);
        data.putNull("remMeToken");
        data.put("remMeValidityInSeconds", 0);
        data.put("healthCheckInterval", HEALTH_CHECK_SECONDS);
        data.putNull("newClientForUpgrade");
        data.put("sessionId", session.number());
        data.set("parameters", DriverParameters.of(session.parameters()));
        data.set("sessionInfo", sessionInfo(session.names()));
        data.putNull("idToken");
        data.put("idTokenValidityInSeconds", 0);
        data.putNull("responseData");
        data.putNull("mfaToken");
        data.put("mfaTokenValidityInSeconds", 0);
        return success(data);
    }

    private static ObjectNode sessionInfo(Map<String, Optional<String>> names) {
        ObjectNode info = StrictJson.object();
        for (String name : new String[] {"database", "schema", "warehouse", "role"}) {
            info.put(name + "Name", names.getOrDefault(name, Optional.empty()).orElse(null));
        }
        return info;
    }

    static EncodedReply renewed(RenewedTokens tokens) {
        ObjectNode data = StrictJson.object();
        data.put("sessionToken", tokens.sessionToken());
        data.put("validityInSecondsST", tokens.sessionValidity().toSeconds());
        data.put("masterToken", tokens.masterToken());
        data.put("validityInSecondsMT", tokens.masterValidity().toSeconds());
        data.put("sessionId", tokens.number());
        return success(data);
    }

    static EncodedReply success(JsonNode data) {
        ObjectNode reply = StrictJson.object();
        reply.set("data", data);
        reply.putNull("code");
        reply.putNull("message");
        reply.put("success", true);
        return EncodedReply.json(200, StrictJson.write(reply));
    }
}

package dev.snowgate.gateway.snowflake.client;

import dev.snowgate.gateway.snowflake.StrictJson;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The envelope around every reply of the driver protocol, for the calls that carry no statement of an agent. */
record DriverEnvelope(boolean success, String code, ObjectNode data) {
    /** The session token has expired. */
    static final String TOKEN_EXPIRED = "390112";
    /** The upstream session cannot be used any more, whatever we renew. */
    private static final Set<String> GONE = Set.of("390104", "390110", "390111", "390113", "390114", "390115");

    static DriverEnvelope parse(UpstreamAnswer answer) {
        try {
            ObjectNode reply = StrictJson.readObject(answer.body().bytes());
            JsonNode success = reply.get("success");
            if (success == null || !success.isBoolean()) {
                throw UpstreamFault.notUnderstood("'success' is not a boolean");
            }
            ObjectNode data = reply.get("data") instanceof ObjectNode object ? object : StrictJson.object();
            return new DriverEnvelope(success.booleanValue(), reply.path("code").asString(""), data);
        } catch (JacksonException | dev.snowgate.gateway.snowflake.StrictJsonException e) {
            throw UpstreamFault.notUnderstood("status " + answer.status() + " without a JSON object");
        }
    }

    boolean expired() {
        return !success && code.equals(TOKEN_EXPIRED);
    }

    boolean gone() {
        return !success && isGone(code);
    }

    static boolean isGone(String code) {
        return GONE.contains(code);
    }

    /** A text that the reply must have. */
    String text(String field) {
        JsonNode value = data.get(field);
        if (value == null || !value.isString() || value.stringValue().isEmpty()) {
            throw UpstreamFault.notUnderstood("'" + field + "' is missing");
        }
        return value.stringValue();
    }

    /** Our word for a refusal: Snowflake's own may name its users and hosts. */
    String refusal(String what) {
        String known = code.matches("[0-9]{1,9}") ? code : "unknown";
        return String.format(Locale.ROOT, "Snowflake refused the %s (code %s).", what, known);
    }

    static @Nullable Object scalar(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        return value.isNumber() || value.isString() ? value.asString() : null;
    }

    @Override
    public String toString() {
        return "DriverEnvelope[" + success + ", " + code + "]";
    }
}

package dev.snowgate.gateway.snowflake;

import java.util.Map;

/**
 * A reply ready to be sent.
 *
 * @param status HTTP status
 * @param headers headers besides the length, {@code Content-Type} among them
 * @param body the bytes
 */
public record EncodedReply(int status, Map<String, String> headers, byte[] body) implements Reply {
    /** The content type of all replies but chunks. */
    public static final String JSON = "application/json";

    public EncodedReply {
        headers = Map.copyOf(headers);
    }

    /** A JSON reply without further headers. */
    public static EncodedReply json(int status, byte[] body) {
        return new EncodedReply(status, Map.of("Content-Type", JSON), body);
    }

    @Override
    public String toString() {
        return "EncodedReply[" + status + ", " + body.length + " bytes]";
    }
}

package dev.snowgate.gateway.snowflake;

import dev.snowgate.gateway.statement.Bindings;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** A request body that we compose: typed fields, and the bindings as the client encoded them. */
public final class UpstreamBody {
    private static final byte[] BINDINGS = ",\"bindings\":".getBytes(StandardCharsets.UTF_8);

    private UpstreamBody() {}

    /**
     * The object with the bindings as its last field. They are checked JSON of ours, so they are put in as bytes: an array bind
     * may be tens of MB.
     *
     * @param fields every other field; at least one
     */
    public static byte[] of(ObjectNode fields, Bindings bindings) {
        byte[] head = StrictJson.write(fields);
        if (bindings.isEmpty()) {
            return head;
        }
        byte[] encoded = bindings.encoded();
        byte[] body = new byte[head.length + BINDINGS.length + encoded.length];
        int at = head.length - 1;
        System.arraycopy(head, 0, body, 0, at);
        System.arraycopy(BINDINGS, 0, body, at, BINDINGS.length);
        System.arraycopy(encoded, 0, body, at + BINDINGS.length, encoded.length);
        body[body.length - 1] = '}';
        return body;
    }

    /** Copies the parameters that the table lets through, under the name that the dialect uses. */
    public static void addForwarded(
            ObjectNode target, Map<String, String> parameters, java.util.function.UnaryOperator<String> naming) {
        parameters.forEach((name, value) -> {
            SessionParameters.Treatment treatment = SessionParameters.treatmentOf(name);
            if (treatment == SessionParameters.Treatment.FORWARD || treatment == SessionParameters.Treatment.TRACKED) {
                target.put(naming.apply(name), value);
            }
        });
    }
}

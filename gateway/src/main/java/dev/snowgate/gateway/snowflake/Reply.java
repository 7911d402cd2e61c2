package dev.snowgate.gateway.snowflake;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What an exchange is answered with. */
public sealed interface Reply permits EncodedReply, HeldReply, StreamedReply {
    /** HTTP status. */
    int status();

    /** Headers besides the length. */
    Map<String, String> headers();

    /** The reply of a tree, whose {@link HeldValue held} rows stay as they are kept where they are many. */
    static Reply of(int status, Map<String, String> headers, ObjectNode tree) {
        return ReplyEnvelope.reply(status, headers, tree);
    }

    /** The same without further headers. */
    static Reply json(int status, ObjectNode tree) {
        return of(status, Map.of("Content-Type", EncodedReply.JSON), tree);
    }
}

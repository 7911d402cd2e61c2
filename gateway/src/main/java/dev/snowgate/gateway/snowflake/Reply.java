package dev.snowgate.gateway.snowflake;

import java.util.Map;

/** What an exchange is answered with. */
public sealed interface Reply permits EncodedReply, StreamedReply {
    /** HTTP status. */
    int status();

    /** Headers besides the length. */
    Map<String, String> headers();
}

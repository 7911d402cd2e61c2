package dev.snowgate.gateway.snowflake.client;

import dev.snowgate.gateway.statement.ByteSource;

/**
 * An HTTP reply.
 *
 * @param body inflated as it is read; reading fails where it is damaged or too large
 */
record UpstreamAnswer(int status, ByteSource body) {
    @Override
    public String toString() {
        return "UpstreamAnswer[" + status + "]";
    }
}

package dev.snowgate.gateway.snowflake;

import dev.snowgate.gateway.statement.ReplyBody;

/**
 * A later partition of the SQL API as its bytes: an object with the one field {@code data}. It may be tens of MB, so no tree is made of
 * it.
 *
 * @param body inflated, UTF-8; not changed by anybody
 */
public record PartitionReply(byte[] body) implements ReplyBody {
    @Override
    public String toString() {
        return "PartitionReply[" + body.length + " bytes]";
    }
}

package dev.snowgate.gateway.snowflake;

import dev.snowgate.gateway.statement.ReplyBody;
import tools.jackson.databind.node.ObjectNode;

/**
 * A reply of Snowflake as a tree: unknown fields of the envelope are kept.
 *
 * @param tree the whole reply; who edits it copies it first or owns it alone
 */
public record JsonReply(ObjectNode tree) implements ReplyBody {
    @Override
    public String toString() {
        return "JsonReply[" + tree.size() + " fields]";
    }
}

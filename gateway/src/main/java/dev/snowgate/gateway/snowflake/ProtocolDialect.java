package dev.snowgate.gateway.snowflake;

import java.util.List;

/**
 * One of Snowflake's protocols.
 *
 * @param name for the recording and for metrics
 * @param prefixes the paths that belong to it start with one of these, as whole segments
 */
public record ProtocolDialect(String name, List<String> prefixes, RequestReader reader, ReplyWriter writer) {
    public ProtocolDialect {
        prefixes = List.copyOf(prefixes);
    }

    /** Whether errors on that path are written in this dialect. */
    public boolean owns(String path) {
        return prefixes.stream().anyMatch(prefix -> path.equals(prefix) || path.startsWith(prefix + "/"));
    }
}

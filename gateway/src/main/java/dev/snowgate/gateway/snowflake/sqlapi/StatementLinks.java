package dev.snowgate.gateway.snowflake.sqlapi;

import java.util.Optional;

/** Links to a statement. They are paths, so they hold whatever name the client reached us by. */
final class StatementLinks {
    private StatementLinks() {}

    /** The path of a statement's status. */
    static String status(String handle, Optional<String> requestId) {
        return SqlApiPaths.STATEMENTS + "/" + handle
                + requestId.map(id -> "?requestId=" + id).orElse("");
    }

    /** The {@code Link} header of a result's first reply; none where the reply announces no partition. */
    static Optional<String> header(String handle, Optional<String> requestId, int partitions) {
        if (partitions == 0) {
            return Optional.empty();
        }
        StringBuilder header = new StringBuilder(link(handle, requestId, 0, "first"));
        if (partitions > 1) {
            header.append(',').append(link(handle, requestId, 1, "next"));
        }
        return Optional.of(header.append(',')
                .append(link(handle, requestId, partitions - 1, "last"))
                .toString());
    }

    private static String link(String handle, Optional<String> requestId, int partition, String relation) {
        return "<" + SqlApiPaths.STATEMENTS + "/" + handle + "?"
                + requestId.map(id -> "requestId=" + id + "&").orElse("") + "partition=" + partition + ">;rel=\""
                + relation + "\"";
    }
}

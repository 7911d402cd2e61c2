package dev.snowgate.gateway.snowflake.result;

import java.util.Arrays;

/** What stands around the rows of a body: nothing in a chunk, a list in a reply, an object with the one field {@code data} in a partition. */
enum RowEnvelope {
    CHUNK("", ""),
    LIST("[", "]"),
    PARTITION("{\"data\":[", "]}");

    private final String before;
    private final String after;

    RowEnvelope(String before, String after) {
        this.before = before;
        this.after = after;
    }

    /** The list of rows in a whole body of a partition, its brackets included. */
    byte[] rows(byte[] body) {
        int from = 0;
        while (from < body.length && body[from] != '[') {
            from++;
        }
        int end = body.length;
        while (end > from && body[end - 1] != ']') {
            end--;
        }
        return Arrays.copyOfRange(body, from, end);
    }

    /** Exact bytes before the first row, white space aside. */
    String before() {
        return before;
    }

    /** Exact bytes after the last row, white space aside. */
    String after() {
        return after;
    }
}

package dev.snowgate.gateway.snowflake.result;

/** What stands around the rows of a body: nothing in a chunk, an object with the one field {@code data} in a partition. */
enum RowEnvelope {
    CHUNK("", ""),
    PARTITION("{\"data\":[", "]}");

    private final String before;
    private final String after;

    RowEnvelope(String before, String after) {
        this.before = before;
        this.after = after;
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

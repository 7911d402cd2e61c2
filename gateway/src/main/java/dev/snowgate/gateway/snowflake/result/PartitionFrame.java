package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.gateway.snowflake.NullsAsText;
import dev.snowgate.gateway.statement.NumberedPart;
import java.nio.charset.StandardCharsets;

/** Puts the object of a partition around its masked rows, which come in pieces, and writes nulls as the client wants them. Not thread-safe. */
final class PartitionFrame {
    private static final byte[] BEFORE = "{\"data\":".getBytes(StandardCharsets.US_ASCII);

    private final NumberedPart.Nulls nulls;
    private final NullsAsText asText = new NullsAsText();
    private boolean begun;

    PartitionFrame(NumberedPart.Nulls nulls) {
        this.nulls = nulls;
    }

    /** Adds the next piece of the list of rows, brackets included. */
    void write(byte[] rows, int from, int length, ByteSink out) {
        if (!begun) {
            begun = true;
            out.add(BEFORE, 0, BEFORE.length);
        }
        switch (nulls) {
            case NULL -> out.add(rows, from, length);
            case TEXT -> asText.write(rows, from, length, out::add);
        }
    }

    /** Adds what follows the rows. */
    void end(ByteSink out) {
        out.add((byte) '}');
    }
}

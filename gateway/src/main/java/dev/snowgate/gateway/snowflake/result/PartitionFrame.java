package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.gateway.statement.NumberedPart;
import java.nio.charset.StandardCharsets;

/** Puts the object of a partition around its masked rows, which come in pieces, and writes nulls as the client wants them. Not thread-safe. */
final class PartitionFrame {
    private static final byte[] BEFORE = "{\"data\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private enum State {
        OUTSIDE,
        IN_STRING,
        IN_ESCAPE,
        IN_NULL
    }

    private final NumberedPart.Nulls nulls;
    private boolean begun;
    private State state = State.OUTSIDE;
    private int nullAt;

    PartitionFrame(NumberedPart.Nulls nulls) {
        this.nulls = nulls;
    }

    /** Adds the next piece of the list of rows, brackets included. */
    void write(byte[] rows, int length, ByteSink out) {
        if (!begun) {
            begun = true;
            out.add(BEFORE, 0, BEFORE.length);
        }
        if (nulls == NumberedPart.Nulls.NULL) {
            out.add(rows, 0, length);
            return;
        }
        int copied = 0;
        int i = 0;
        while (i < length) {
            if (state == State.IN_STRING) {
                i = JsonText.endOfRun(rows, i, length);
                if (i < length) {
                    state = rows[i++] == '"' ? State.OUTSIDE : State.IN_ESCAPE;
                }
                continue;
            }
            byte b = rows[i];
            switch (state) {
                case OUTSIDE -> {
                    if (b == '"') {
                        state = State.IN_STRING;
                    } else if (b == 'n') {
                        out.add(rows, copied, i - copied);
                        out.add((byte) '"');
                        copied = i;
                        nullAt = 1;
                        state = State.IN_NULL;
                    }
                }
                case IN_ESCAPE -> state = State.IN_STRING;
                case IN_NULL -> {
                    if (b != NULL[nullAt++]) {
                        throw new ResultFault("a cell of the result is neither a string nor null");
                    }
                    if (nullAt == NULL.length) {
                        out.add(rows, copied, i + 1 - copied);
                        out.add((byte) '"');
                        copied = i + 1;
                        state = State.OUTSIDE;
                    }
                }
                case IN_STRING -> throw new IllegalStateException("strings are passed in runs");
            }
            i++;
        }
        out.add(rows, copied, length - copied);
    }

    /** Adds what follows the rows. */
    void end(ByteSink out) {
        out.add((byte) '}');
    }
}

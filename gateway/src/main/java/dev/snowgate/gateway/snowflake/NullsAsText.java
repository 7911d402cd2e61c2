package dev.snowgate.gateway.snowflake;

import java.nio.charset.StandardCharsets;

/**
 * Writes JSON rows, which come in pieces, with the text {@code "null"} in the place of each null, as the SQL API does for clients that ask for
 * {@code nullable=false}. The rows were read before: only valid ones come here. Not thread-safe.
 */
public final class NullsAsText {
    private static final byte[] QUOTE = {'"'};
    private static final int LENGTH = "null".getBytes(StandardCharsets.US_ASCII).length;

    /** Takes bytes in order. */
    public interface Sink {
        void add(byte[] bytes, int from, int length);
    }

    private boolean inText;
    private boolean escaped;
    private int ofNull;

    /** Writes the next piece. */
    public void write(byte[] rows, int from, int length, Sink out) {
        int copied = from;
        int end = from + length;
        for (int i = from; i < end; i++) {
            byte b = rows[i];
            if (inText) {
                inText = escaped || b != '"';
                escaped = !escaped && b == '\\';
            } else if (b == '"') {
                inText = true;
            } else if (ofNull > 0 || b == 'n') {
                if (ofNull == 0) {
                    out.add(rows, copied, i - copied);
                    out.add(QUOTE, 0, 1);
                    copied = i;
                }
                ofNull++;
                if (ofNull == LENGTH) {
                    out.add(rows, copied, i + 1 - copied);
                    out.add(QUOTE, 0, 1);
                    copied = i + 1;
                    ofNull = 0;
                }
            }
        }
        out.add(rows, copied, end - copied);
    }
}

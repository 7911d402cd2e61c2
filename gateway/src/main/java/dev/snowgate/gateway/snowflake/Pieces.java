package dev.snowgate.gateway.snowflake;

import java.io.IOException;

/** Takes bytes in order, piece by piece. */
@FunctionalInterface
public interface Pieces {
    /** The next ones; they are valid until it returns. */
    void take(byte[] bytes, int from, int length) throws IOException;
}

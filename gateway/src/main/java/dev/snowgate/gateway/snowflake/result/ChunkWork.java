package dev.snowgate.gateway.snowflake.result;

import org.jspecify.annotations.Nullable;

/** What is done to the bytes of one chunk on their way, in steps of bounded size. Not thread-safe; closing frees native memory. */
interface ChunkWork extends AutoCloseable {
    /** The next piece of input, which nobody changes any more; call {@link #step} until it gives null before the next. */
    void feed(byte[] piece);

    /** Works on one bounded step of the input; an empty array means that the step gave no output yet, null that input is needed. */
    byte @Nullable [] step();

    /** The input is over: checks that it was whole and gives the last bytes. */
    byte[] finish();

    long rows();

    long maskedCells();

    /** What detectors found in it, such as {@code card 1, email 12}; empty text if nothing. */
    String detections();

    /** Bytes that the digest is over. */
    long bytes();

    /** SHA-256 of what left; only once, at the end. */
    byte[] digest();

    @Override
    void close();
}

package dev.snowgate.masking;

/** Where masked cells are written, one behind the other. Not thread-safe. */
public interface Utf8Sink {
    /**
     * The array behind the sink with room for {@code more} bytes from {@link #size()} on; valid until the next call. Nothing counts as
     * written before {@link #grow} says so.
     */
    byte[] room(int more);

    /** How many bytes have been written. */
    int size();

    /** Counts {@code more} bytes that now stand at {@link #size()}. */
    void grow(int more);
}

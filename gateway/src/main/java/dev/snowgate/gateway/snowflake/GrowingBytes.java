package dev.snowgate.gateway.snowflake;

import java.util.Arrays;

/** Bytes that arrive in pieces; gives its array away without a copy where it is exactly full. */
public final class GrowingBytes {
    private byte[] bytes;
    private int size;

    /** Starts with room for {@code expected} bytes. */
    public GrowingBytes(int expected) {
        bytes = new byte[Math.max(16, expected)];
    }

    public int size() {
        return size;
    }

    /** Adds the first {@code length} bytes of a piece. */
    public void add(byte[] piece, int length) {
        room(length);
        System.arraycopy(piece, 0, bytes, size, length);
        size += length;
    }

    /** The array to write into at {@link #size()}, with room for {@code length} more; {@link #grew} follows. */
    public byte[] room(int length) {
        int needed = Math.addExact(size, length);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, bytes.length * 2L)));
        }
        return bytes;
    }

    /** Counts bytes that were written into {@link #room}. */
    public void grew(int length) {
        size += length;
    }

    /** All of it; not to be added to afterwards. */
    public byte[] toArray() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }
}

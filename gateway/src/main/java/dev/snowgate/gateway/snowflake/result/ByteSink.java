package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.masking.Utf8Sink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A growing run of bytes with a limit, so that one row can never take the memory of all. Not thread-safe. */
final class ByteSink implements Utf8Sink, ByteOutput {
    private byte[] bytes;
    private int size;
    private final int most;
    private final HeldMemory.@Nullable Share memory;
    private final int copies;

    ByteSink(int initial, int most) {
        this(initial, most, null, 0);
    }

    /**
     * One whose growth is counted.
     *
     * @param copies how many arrays of its size there may be because of it, its own included
     */
    ByteSink(int initial, int most, HeldMemory.@Nullable Share memory, int copies) {
        this.bytes = new byte[initial];
        this.most = most;
        this.memory = memory;
        this.copies = copies;
    }

    @Override
    public void add(byte value) {
        require(1);
        bytes[size++] = value;
    }

    @Override
    public void add(byte[] source, int offset, int length) {
        require(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    /** Adds a text in UTF-8. */
    void add(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        add(utf8, 0, utf8.length);
    }

    @Override
    public byte[] room(int more) {
        require(more);
        return bytes;
    }

    @Override
    public void grow(int more) {
        if (more < 0 || more > bytes.length - size) {
            throw new IllegalArgumentException("more than there was room for");
        }
        size += more;
    }

    @Override
    public int size() {
        return size;
    }

    /** The array behind it; valid to {@link #size()} until the next change. */
    byte[] array() {
        return bytes;
    }

    byte[] take() {
        byte[] taken = Arrays.copyOf(bytes, size);
        size = 0;
        return taken;
    }

    /** What was added so far, as an array of its own. */
    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }

    void truncate(int newSize) {
        size = newSize;
    }

    void clear() {
        size = 0;
    }

    private void require(int more) {
        if (more > most - size) {
            throw new ResultFault("a row or cell of the result is larger than " + most + " bytes");
        }
        if (size + more > bytes.length) {
            int length = (int) Math.min(most, Math.max(bytes.length * 2L, size + more));
            if (memory != null) {
                memory.take((long) copies * (length - bytes.length));
            }
            bytes = Arrays.copyOf(bytes, length);
        }
    }
}

package dev.snowgate.gateway.snowflake.result;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.flatbuf.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads the texts of one schema. In honest metadata each has bytes of its own, so all of them together are not longer than it: many that
 * share the same bytes would take memory that nobody sent. Not thread-safe.
 */
final class ArrowTexts {
    private static final int MOST_VALUES = 100;
    private long left;

    /**
     * @param size bytes of the metadata
     */
    ArrowTexts(int size) {
        this.left = size;
    }

    /** The text of some bytes; empty if there are none. */
    String of(@Nullable ByteBuffer utf8) {
        if (utf8 == null) {
            return "";
        }
        left -= utf8.remaining();
        if (left < 0) {
            throw ArrowMessage.damaged();
        }
        return StandardCharsets.UTF_8.decode(utf8.duplicate()).toString();
    }

    String key(KeyValue value) {
        return of(value.keyAsByteBuffer());
    }

    String value(KeyValue value) {
        return of(value.valueAsByteBuffer());
    }

    /** How many values a list has that says so. */
    static int count(int claimed) {
        if (claimed < 0 || claimed > MOST_VALUES) {
            throw ArrowMessage.damaged();
        }
        return claimed;
    }
}

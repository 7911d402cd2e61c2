package dev.snowgate.gateway.snowflake.result;

import tools.jackson.core.io.JsonStringEncoder;

/**
 * The JSON text of one structured value while it is put together. Few bytes of a column can be many of a text, so these are counted, and
 * bounded like a row in JSON. Serves one value after the other. Not thread-safe.
 */
final class NestedJson {
    /** The text, what the mask makes of it, and what is read of that. */
    private static final int COPIES = 3;

    private final StringBuilder text = new StringBuilder();
    private final HeldMemory.Share memory;
    private long counted;

    NestedJson(HeldMemory.Share memory) {
        this.memory = memory;
    }

    /** Adds what is JSON already. */
    void add(String json) {
        text.append(json);
        count();
    }

    void add(char mark) {
        text.append(mark);
        count();
    }

    /** Adds a JSON string. */
    void quote(String value) {
        text.append('"');
        JsonStringEncoder.getInstance().quoteAsString(value, text);
        text.append('"');
        count();
    }

    /** What was added since the last time. */
    String take() {
        String taken = text.toString();
        text.setLength(0);
        return taken;
    }

    private void count() {
        if (text.length() > JsonRowMasker.MOST_ROW_BYTES) {
            throw new ResultFault("a structured value of the result is larger than may be held");
        }
        if (text.length() > counted) {
            long next = 2L * text.length();
            memory.take(COPIES * (next - counted));
            counted = next;
        }
    }
}

package dev.snowgate.gateway.snowflake.result;

import java.nio.charset.StandardCharsets;

/**
 * Reads the object around the rows of a partition, byte by byte: members before and after {@code data} are skipped, whatever they are. Says
 * where the rows begin; whoever reads those says where they end. Not thread-safe.
 */
final class PartitionMembers {
    private static final String DATA = "data";
    private static final int LONGEST_NAME = 1024;

    private enum State {
        BEFORE_OBJECT,
        BEFORE_NAME,
        IN_NAME,
        AFTER_NAME,
        BEFORE_VALUE,
        IN_VALUE,
        IN_STRING,
        IN_ESCAPE,
        IN_WORD,
        ROWS,
        AFTER_VALUE,
        ENDED
    }

    private State state = State.BEFORE_OBJECT;
    private final ByteSink name = new ByteSink(16, LONGEST_NAME);
    private int depth;
    private boolean rowsSeen;

    /** Takes the next byte outside of the rows; whether it was the bracket with which they begin. */
    boolean take(byte b) {
        if (isSpace(b) && isBetween()) {
            return false;
        }
        switch (state) {
            case BEFORE_OBJECT -> expect(b, '{', State.BEFORE_NAME);
            case BEFORE_NAME -> {
                expect(b, '"', State.IN_NAME);
                name.clear();
            }
            case IN_NAME -> inName(b);
            case AFTER_NAME -> expect(b, ':', State.BEFORE_VALUE);
            case BEFORE_VALUE -> beforeValue(b);
            case IN_VALUE -> inValue(b);
            case IN_STRING -> state = b == '\\' ? State.IN_ESCAPE : b == '"' ? endOfScalar() : State.IN_STRING;
            case IN_ESCAPE -> state = State.IN_STRING;
            case IN_WORD -> inWord(b);
            case AFTER_VALUE -> afterValue(b);
            case ROWS -> throw new IllegalStateException("the rows are read elsewhere");
            case ENDED -> throw fault();
        }
        return state == State.ROWS;
    }

    /** Whether a space has no meaning here. */
    private boolean isBetween() {
        return switch (state) {
            case IN_NAME, IN_STRING, IN_ESCAPE, IN_WORD -> false;
            case BEFORE_OBJECT, BEFORE_NAME, AFTER_NAME, BEFORE_VALUE, IN_VALUE, ROWS, AFTER_VALUE, ENDED -> true;
        };
    }

    /** The bracket behind the last row was read. */
    void endRows() {
        state = State.AFTER_VALUE;
    }

    /** Whether the object is whole and had rows. */
    boolean ended() {
        return state == State.ENDED && rowsSeen;
    }

    private void expect(byte b, char expected, State next) {
        if (b != expected) {
            throw fault();
        }
        state = next;
    }

    private void inName(byte b) {
        if (b == '"') {
            state = State.AFTER_NAME;
        } else if (b == '\\') {
            // Snowflake writes none, and a name in disguise is no reason to look closer.
            throw fault();
        } else {
            name.add(b);
        }
    }

    private void beforeValue(byte b) {
        if (isRows()) {
            if (rowsSeen) {
                throw new ResultFault("a part of the result has two lists of rows");
            }
            expect(b, '[', State.ROWS);
            rowsSeen = true;
            return;
        }
        depth = 0;
        inValue(b);
    }

    private boolean isRows() {
        return name.size() == DATA.length()
                && new String(name.array(), 0, name.size(), StandardCharsets.ISO_8859_1).equals(DATA);
    }

    /** In an object or list that is skipped, or at the beginning of any value. */
    private void inValue(byte b) {
        switch (b) {
            case '{', '[' -> {
                depth++;
                state = State.IN_VALUE;
            }
            case '}', ']' -> {
                if (--depth < 0) {
                    throw fault();
                }
                state = endOfScalar();
            }
            case '"' -> state = State.IN_STRING;
            case ',', ':' -> {
                if (depth == 0) {
                    throw fault();
                }
            }
            default -> state = State.IN_WORD;
        }
    }

    private void inWord(byte b) {
        if (isSpace(b)) {
            state = endOfScalar();
        } else if (b == ',' || b == '}' || b == ']' || b == ':') {
            state = endOfScalar();
            take(b);
        } else if (b == '"' || b == '{' || b == '[') {
            throw fault();
        }
    }

    private State endOfScalar() {
        return depth == 0 ? State.AFTER_VALUE : State.IN_VALUE;
    }

    private void afterValue(byte b) {
        if (b == '}') {
            state = State.ENDED;
        } else {
            expect(b, ',', State.BEFORE_NAME);
        }
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private static ResultFault fault() {
        return new ResultFault("a part of the result is not an object with a list of rows");
    }
}

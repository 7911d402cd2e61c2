package dev.snowgate.gateway.snowflake.result;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Masks a stream of JSON rows byte by byte, without a tree: {@code ["a",null],["b","c"]}; of a partition the list of rows alone leaves. A
 * row leaves only when it is complete
 * and has exactly the announced width, so nothing of a broken row gets out. Bytes of cells that are not masked leave as they
 * came. Where the input is cut into pieces makes no difference. Not thread-safe.
 */
final class JsonRowMasker implements RowMasker {
    /** Snowflake's largest value is 128 MB; a row of more than one of these is not served in chunks by us. */
    static final int MOST_ROW_BYTES = 160 * 1024 * 1024;

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private enum State {
        /** In an object, before the list of rows. */
        BEFORE_ROWS,
        /** Before a row. */
        BETWEEN_ROWS,
        /** After a row: a comma or the end. */
        AFTER_ROW,
        /** Before a cell. */
        BEFORE_CELL,
        IN_STRING,
        IN_ESCAPE,
        /** In null, a number, true or false. */
        IN_WORD,
        AFTER_CELL,
        /** In an object, behind the list of rows. */
        AFTER_ROWS
    }

    private final CellMasks masks;
    private final ByteSink row;
    private final @Nullable PartitionMembers members;
    private State state;
    private boolean afterComma;
    private int column;
    private int cellStart;
    private long rows;
    private long maskedCells;

    JsonRowMasker(CellMasks masks, RowEnvelope envelope) {
        this.masks = masks;
        this.row = new ByteSink(4 * 1024, MOST_ROW_BYTES, masks.memory(), 1);
        this.members = switch (envelope) {
            case CHUNK -> null;
            case PARTITION -> new PartitionMembers();
        };
        this.state = members == null ? State.BETWEEN_ROWS : State.BEFORE_ROWS;
    }

    /** Rows that left. */
    @Override
    public long rows() {
        return rows;
    }

    /** Cells that were masked, nulls not counted. */
    @Override
    public long maskedCells() {
        return maskedCells;
    }

    /** Takes the next piece; complete rows are added to {@code out}. */
    @Override
    public void feed(byte[] bytes, int offset, int length, ByteOutput out) {
        int i = offset;
        int end = offset + length;
        while (i < end) {
            i = switch (state) {
                case IN_STRING -> string(bytes, i, end);
                case BEFORE_CELL -> plainCells(bytes, i, end, out);
                default -> step(bytes[i], i, out);
            };
        }
    }

    /** Plain cells that are whole here, copied or masked where they lie; whatever is not plain goes byte by byte. */
    private int plainCells(byte[] bytes, int from, int end, ByteOutput out) {
        int i = from;
        int copied = from;
        while (column < masks.width()) {
            int after = JsonText.endOfPlain(bytes, i, end);
            if (after >= end || bytes[after] != ',') {
                break;
            }
            if (bytes[i] == '"' && masks.masks(column)) {
                row.add(bytes, copied, i - copied);
                maskPlain(bytes, i, after);
                copied = after;
            }
            column++;
            i = after + 1;
        }
        if (i == from) {
            return step(bytes[from], from, out);
        }
        row.add(bytes, copied, i - copied);
        return i;
    }

    /** Adds the masked cell of a string without escapes. */
    private void maskPlain(byte[] bytes, int from, int end) {
        int start = row.size();
        row.add((byte) '"');
        if (masks.writeUtf8(column, bytes, from + 1, end - from - 2, row)
                && JsonText.isPlain(row.array(), start + 1, row.size())) {
            row.add((byte) '"');
            maskedCells++;
            return;
        }
        row.truncate(start);
        row.add(bytes, from, end - from);
        cellStart = start;
        mask();
    }

    /** The input is over; fails if that is in the middle of a row. */
    @Override
    public void finish() {
        boolean whole = members == null
                ? state == State.AFTER_ROW || (state == State.BETWEEN_ROWS && !afterComma)
                : state == State.AFTER_ROWS && members.ended();
        if (!whole) {
            throw new ResultFault("the rows of the result end in the middle");
        }
    }

    /** Copies a run of string bytes up to the quote, an escape or the end of the piece. */
    private int string(byte[] bytes, int from, int end) {
        int i = JsonText.endOfRun(bytes, from, end);
        row.add(bytes, from, i - from);
        if (i == end) {
            return i;
        }
        row.add(bytes[i]);
        if (bytes[i] == '\\') {
            state = State.IN_ESCAPE;
        } else {
            endCell();
            state = State.AFTER_CELL;
        }
        return i + 1;
    }

    private int step(byte b, int at, ByteOutput out) {
        switch (state) {
            case BEFORE_ROWS -> beforeRows(b, out);
            case BETWEEN_ROWS -> betweenRows(b, out);
            case AFTER_ROW -> afterRow(b, out);
            case BEFORE_CELL -> beforeCell(b);
            case IN_ESCAPE -> {
                row.add(b);
                state = State.IN_STRING;
            }
            case IN_WORD -> inWord(b, out);
            case AFTER_CELL -> afterCell(b, out);
            case AFTER_ROWS -> afterRows(b);
            case IN_STRING -> throw new IllegalStateException("strings are copied in runs");
        }
        return at + 1;
    }

    private void beforeRows(byte b, ByteOutput out) {
        if (members != null && members.take(b)) {
            out.add(b);
            state = State.BETWEEN_ROWS;
        }
    }

    private void endRows(PartitionMembers object, byte b, ByteOutput out) {
        out.add(b);
        object.endRows();
        state = State.AFTER_ROWS;
    }

    private void afterRows(byte b) {
        if (members != null && members.take(b)) {
            throw new ResultFault("a part of the result has two lists of rows");
        }
    }

    private void betweenRows(byte b, ByteOutput out) {
        if (b == '[') {
            row.clear();
            row.add(b);
            column = 0;
            afterComma = false;
            state = State.BEFORE_CELL;
        } else if (members != null && b == ']' && !afterComma) {
            endRows(members, b, out);
        } else if (isSpace(b)) {
            out.add(b);
        } else {
            throw new ResultFault("a row of the result does not begin with a bracket");
        }
    }

    private void afterRow(byte b, ByteOutput out) {
        if (b == ',') {
            out.add(b);
            afterComma = true;
            state = State.BETWEEN_ROWS;
        } else if (members != null && b == ']' && !afterComma) {
            endRows(members, b, out);
        } else if (isSpace(b)) {
            out.add(b);
        } else {
            throw new ResultFault("something other than a comma stands between two rows");
        }
    }

    private void beforeCell(byte b) {
        if (isSpace(b)) {
            row.add(b);
            return;
        }
        cellStart = row.size();
        if (b == '"') {
            row.add(b);
            state = State.IN_STRING;
        } else if (b == 'n' || b == 't' || b == 'f' || b == '-' || (b >= '0' && b <= '9')) {
            row.add(b);
            state = State.IN_WORD;
        } else {
            throw new ResultFault("a cell of the result is neither a string nor null");
        }
    }

    private void inWord(byte b, ByteOutput out) {
        if (b == ',' || b == ']' || isSpace(b)) {
            endCell();
            state = State.AFTER_CELL;
            afterCell(b, out);
        } else if ((b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '.' || b == '-' || b == '+' || b == 'E') {
            row.add(b);
        } else {
            throw new ResultFault("a cell of the result is neither a string nor null");
        }
    }

    private void afterCell(byte b, ByteOutput out) {
        if (b == ',') {
            row.add(b);
            state = State.BEFORE_CELL;
        } else if (b == ']') {
            if (column != masks.width()) {
                throw new ResultFault("a row has " + column + " cells where " + masks.width() + " were announced");
            }
            row.add(b);
            out.add(row.array(), 0, row.size());
            row.clear();
            rows++;
            state = State.AFTER_ROW;
        } else if (isSpace(b)) {
            row.add(b);
        } else {
            throw new ResultFault("something other than a comma stands between two cells");
        }
    }

    private void endCell() {
        if (column >= masks.width()) {
            throw new ResultFault("a row has more cells than the " + masks.width() + " that were announced");
        }
        if (masks.masks(column)) {
            mask();
        }
        column++;
    }

    /** Replaces the cell at the end of the row buffer. Anything but a string becomes null: only strings are known to a mask. */
    private void mask() {
        int length = row.size() - cellStart;
        boolean text = row.array()[cellStart] == '"';
        String cell = text ? JsonText.read(row.array(), cellStart, length) : "";
        @Nullable String masked = text ? masks.apply(column, cell) : null;
        if (text && CellMasks.isUntouched(cell, masked)) {
            return;
        }
        if (text || !isNull(length)) {
            maskedCells++;
        }
        row.truncate(cellStart);
        byte[] written = masked == null ? NULL : JsonText.write(masked);
        row.add(written, 0, written.length);
    }

    private boolean isNull(int length) {
        return length == NULL.length && row.array()[cellStart] == 'n';
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}

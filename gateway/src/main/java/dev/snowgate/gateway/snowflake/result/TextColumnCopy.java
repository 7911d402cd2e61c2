package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.masking.ColumnMask;
import dev.snowgate.masking.Utf8Column;
import java.util.Arrays;

/**
 * One masked column of texts, rewritten batch by batch: all at once where its mask knows how, else cell by cell. Its buffers serve every
 * batch and are valid until the next one. Not thread-safe.
 */
final class TextColumnCopy {
    private final int column;
    private final CellMasks masks;
    private final Utf8Column texts = new Utf8Column();
    private final ByteSink cells;
    private long counted;
    private byte[] validity = new byte[0];
    private byte[] offsets = new byte[0];

    TextColumnCopy(int column, CellMasks masks) {
        this.column = column;
        this.masks = masks;
        this.cells = new ByteSink(4 * 1024, ArrowFraming.MOST_BODY, masks.memory(), 1);
    }

    /** Checks the column's offsets and replaces its buffers; gives how many cells were masked. */
    long write(ArrowColumn source, ArrowBatchCopy copy) {
        int rows = source.rows();
        source.checkValidity();
        if (rows > 0) {
            source.checkLength(1, 4L * (rows + 1));
        }
        int nulls = begin(source, rows);
        if (!texts.read(source.body(), source.at(1), source.at(2), source.length(2), rows)) {
            throw ArrowMessage.damaged();
        }
        texts.setValidity(validity, nulls);
        copy.replace(source.buffer(), validity, LittleEndian.bytesOfBits(rows));
        copy.replace(source.buffer() + 1, offsets, 4 * (rows + 1));
        if (rows > 0 && masks.ready(column).writeAll(texts)) {
            texts.writeOffsets(offsets);
            count();
            copy.replace(source.buffer() + 2, texts.masked(), texts.maskedSize());
            copy.setNulls(source.node(), nulls);
            return (long) rows - nulls;
        }
        long masked = cellByCell(source, rows);
        copy.replace(source.buffer() + 2, cells.array(), cells.size());
        copy.setNulls(source.node(), rows - LittleEndian.setBits(validity, 0, rows));
        return masked;
    }

    /** The arrays stay for the next batch, so only what they grew by is counted. */
    private void count() {
        long held = texts.held();
        if (held > counted) {
            masks.memory().take(held - counted);
            counted = held;
        }
    }

    private long cellByCell(ArrowColumn source, int rows) {
        ColumnMask mask = masks.ready(column);
        byte[] body = source.body();
        long masked = 0;
        cells.clear();
        LittleEndian.putInt(offsets, 0, 0);
        for (int row = 0; row < rows; row++) {
            if (LittleEndian.bit(validity, 0, row)) {
                masked += cell(mask, body, row) ? 1 : 0;
            }
            LittleEndian.putInt(offsets, 4 * row + 4, cells.size());
        }
        return masked;
    }

    /** Writes a cell that is not null; whether it was masked. */
    private boolean cell(ColumnMask mask, byte[] body, int row) {
        int start = texts.start(row);
        int length = texts.length(row);
        if (mask.writeUtf8(body, start, length, cells)) {
            return true;
        }
        String cell = JsonText.utf8(body, start, length);
        String answer = masks.apply(column, cell);
        if (answer == null) {
            LittleEndian.clearBit(validity, row);
        } else {
            cells.add(answer);
        }
        return !CellMasks.isUntouched(cell, answer);
    }

    /** The validity of before, or all valid; bits behind the last row are none. Gives how many are null. */
    private int begin(ArrowColumn source, int rows) {
        int bytes = LittleEndian.bytesOfBits(rows);
        if (validity.length < bytes || offsets.length == 0) {
            validity = new byte[bytes];
            offsets = new byte[4 * (8 * bytes + 1)];
        }
        if (source.length(0) == 0) {
            Arrays.fill(validity, 0, bytes, (byte) -1);
        } else {
            System.arraycopy(source.body(), source.at(0), validity, 0, bytes);
        }
        if ((rows & 7) != 0) {
            validity[bytes - 1] &= (byte) ((1 << (rows & 7)) - 1);
        }
        return rows - LittleEndian.setBits(validity, 0, rows);
    }
}

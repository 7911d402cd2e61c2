package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.masking.ColumnMask;
import java.util.Arrays;

/**
 * One masked column of texts, rewritten batch by batch in one pass over its offsets. Its buffers serve every batch and are valid until the
 * next one. Not thread-safe.
 */
final class TextColumnCopy {
    private final int column;
    private final CellMasks masks;
    private final ByteSink cells = new ByteSink(4 * 1024, ArrowFraming.MOST_BODY);
    private byte[] validity = new byte[0];
    private byte[] offsets = new byte[0];

    TextColumnCopy(int column, CellMasks masks) {
        this.column = column;
        this.masks = masks;
    }

    /** Checks the column's offsets and replaces its buffers; gives how many cells were masked. */
    long write(ArrowColumn source, ArrowBatchCopy copy) {
        int rows = source.rows();
        source.checkValidity();
        if (rows > 0) {
            source.checkLength(1, 4L * (rows + 1));
        }
        begin(source, rows);
        byte[] body = source.body();
        int ends = source.at(1) + 4;
        int data = source.at(2);
        int start = rows == 0 ? 0 : LittleEndian.intAt(body, ends - 4);
        int most = source.length(2);
        if (start < 0) {
            throw ArrowMessage.damaged();
        }
        ColumnMask mask = masks.ready(column);
        boolean ascii = ColumnMask.isAscii(body, data, most);
        int nulls = 0;
        long masked = 0;
        for (int row = 0; row < rows; row++) {
            int end = LittleEndian.intAt(body, ends + 4 * row);
            if (end < start || end > most) {
                throw ArrowMessage.damaged();
            }
            if (!LittleEndian.bit(validity, 0, row)) {
                nulls++;
            } else if (ascii
                    ? mask.writeAscii(body, data + start, end - start, cells)
                    : mask.writeUtf8(body, data + start, end - start, cells)) {
                masked++;
            } else {
                String cell = JsonText.utf8(body, data + start, end - start);
                String answer = masks.apply(column, cell);
                masked += CellMasks.isUntouched(cell, answer) ? 0 : 1;
                if (answer == null) {
                    nulls++;
                    LittleEndian.clearBit(validity, row);
                } else {
                    cells.add(answer);
                }
            }
            start = end;
            LittleEndian.putInt(offsets, 4 * row + 4, cells.size());
        }
        copy.replace(source.buffer(), validity, LittleEndian.bytesOfBits(rows));
        copy.replace(source.buffer() + 1, offsets, 4 * (rows + 1));
        copy.replace(source.buffer() + 2, cells.array(), cells.size());
        copy.setNulls(source.node(), nulls);
        return masked;
    }

    /** The validity of before, or all valid; bits behind the last row are none. */
    private void begin(ArrowColumn source, int rows) {
        int bytes = LittleEndian.bytesOfBits(rows);
        if (validity.length < bytes) {
            validity = new byte[bytes];
            offsets = new byte[4 * (rows + 8)];
        }
        if (source.length(0) == 0) {
            Arrays.fill(validity, 0, bytes, (byte) -1);
        } else {
            System.arraycopy(source.body(), source.at(0), validity, 0, bytes);
        }
        if ((rows & 7) != 0) {
            validity[bytes - 1] &= (byte) ((1 << (rows & 7)) - 1);
        }
        cells.clear();
    }
}

package dev.snowgate.gateway.snowflake.result;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Texts, semi-structured values as JSON texts, and binary values, with offsets of 32 bits. */
record BytesForm(Text text) implements ArrowForm {
    static final ArrowForm UTF_8 = new BytesForm(Text.UTF_8);
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** What the bytes are in JSON rows. */
    enum Text {
        UTF_8,
        HEX
    }

    @Override
    public void check(ArrowColumn column) {
        column.checkValidity();
        int rows = column.rows();
        if (rows == 0) {
            return;
        }
        column.checkLength(1, 4L * (rows + 1));
        int before = LittleEndian.intAt(column.body(), column.at(1));
        if (before < 0) {
            throw ArrowMessage.damaged();
        }
        for (int row = 1; row <= rows; row++) {
            int end = LittleEndian.intAt(column.body(), column.at(1) + 4 * row);
            if (end < before) {
                throw ArrowMessage.damaged();
            }
            before = end;
        }
        column.checkLength(2, before);
    }

    @Override
    public String read(ArrowColumn column, int row) {
        byte[] body = column.body();
        int start = LittleEndian.intAt(body, column.at(1) + 4 * row);
        int length = LittleEndian.intAt(body, column.at(1) + 4 * row + 4) - start;
        int at = column.at(2) + start;
        return text == Text.HEX ? HEX.formatHex(body, at, at + length) : JsonText.utf8(body, at, length);
    }

    @Override
    public Writer writer(ArrowColumn column) {
        return new Cells(this, column.rows());
    }

    static final class Cells implements Writer {
        private final BytesForm form;
        private final byte[] offsets;
        private final ByteSink bytes;

        Cells(BytesForm form, int rows) {
            this.form = form;
            this.offsets = new byte[4 * (rows + 1)];
            this.bytes = new ByteSink(16 + 16 * Math.min(rows, 4_096), ArrowFraming.MOST_BODY);
        }

        @Override
        public boolean put(int row, String value) {
            byte[] cell;
            try {
                cell = form.text == Text.HEX ? HEX.parseHex(value) : value.getBytes(StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                putNull(row);
                return false;
            }
            putBytes(row, cell);
            return true;
        }

        void putBytes(int row, byte[] cell) {
            bytes.add(cell, 0, cell.length);
            end(row);
        }

        @Override
        public void putNull(int row) {
            end(row);
        }

        private void end(int row) {
            LittleEndian.putInt(offsets, 4 * (row + 1), bytes.size());
        }

        @Override
        public List<byte[]> buffers() {
            return List.of(offsets, bytes.copy());
        }
    }
}

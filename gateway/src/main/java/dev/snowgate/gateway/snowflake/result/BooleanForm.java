package dev.snowgate.gateway.snowflake.result;

/** Truth values, one bit each; in rows of the driver protocol they are 1 and 0. */
record BooleanForm() implements ArrowForm {
    @Override
    public void check(ArrowColumn column) {
        column.checkValidity();
        column.checkLength(1, LittleEndian.bytesOfBits(column.rows()));
    }

    @Override
    public String read(ArrowColumn column, int row) {
        return LittleEndian.bit(column.body(), column.at(1), row) ? "1" : "0";
    }

    @Override
    public Writer writer(ArrowColumn column) {
        return new Cells(column.rows());
    }

    static final class Cells extends FixedWidth {
        Cells(int rows) {
            super(LittleEndian.bytesOfBits(rows));
        }

        @Override
        public boolean put(int row, String text) {
            if (text.equals("1")) {
                LittleEndian.setBit(data, row);
            }
            return text.equals("1") || text.equals("0");
        }
    }
}

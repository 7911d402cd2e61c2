package dev.snowgate.gateway.snowflake.result;

/** Floating point numbers of 64 bits. */
record DoubleForm() implements ArrowForm {
    private static final int WIDTH = 8;
    private static final double EXACT_BELOW = 1e15;

    @Override
    public void check(ArrowColumn column) {
        column.checkValidity();
        column.checkLength(1, (long) column.rows() * WIDTH);
    }

    @Override
    public String read(ArrowColumn column, int row) {
        double value = Double.longBitsToDouble(LittleEndian.longAt(column.body(), column.at(1) + row * WIDTH));
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        return value == Math.rint(value) && Math.abs(value) < EXACT_BELOW
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    @Override
    public Writer writer(ArrowColumn column) {
        return new Cells(column.rows());
    }

    static final class Cells extends FixedWidth {
        Cells(int rows) {
            super((long) rows * WIDTH);
        }

        @Override
        public boolean put(int row, String text) {
            try {
                double value = switch (text) {
                    case "inf" -> Double.POSITIVE_INFINITY;
                    case "-inf" -> Double.NEGATIVE_INFINITY;
                    default -> Double.parseDouble(text);
                };
                LittleEndian.putLong(data, row * WIDTH, Double.doubleToLongBits(value));
                return true;
            } catch (NumberFormatException e) {
                return false;
            }
        }
    }
}

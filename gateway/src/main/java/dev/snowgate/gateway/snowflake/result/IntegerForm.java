package dev.snowgate.gateway.snowflake.result;

import java.math.BigDecimal;

/**
 * Scaled integers: numbers, times and timestamps as units of the last decimal, dates as days.
 *
 * @param width bytes of a cell
 * @param scale decimals
 */
record IntegerForm(int width, int scale) implements ArrowForm {
    @Override
    public void check(ArrowColumn column) {
        column.checkValidity();
        column.checkLength(1, (long) column.rows() * width);
    }

    @Override
    public String read(ArrowColumn column, int row) {
        return text(LittleEndian.signed(column.body(), column.at(1) + row * width, width), scale);
    }

    @Override
    public Writer writer(ArrowColumn column) {
        return new Cells(this, column.rows());
    }

    static String text(long value, int scale) {
        return scale == 0
                ? Long.toString(value)
                : BigDecimal.valueOf(value, scale).toPlainString();
    }

    /** The unscaled number; fails with an {@link ArithmeticException} or {@link NumberFormatException} if it is none. */
    static long number(String text, int scale) {
        return scale == 0
                ? Long.parseLong(text)
                : new BigDecimal(text).setScale(scale).unscaledValue().longValueExact();
    }

    static final class Cells extends FixedWidth {
        private final IntegerForm form;

        Cells(IntegerForm form, int rows) {
            super((long) rows * form.width);
            this.form = form;
        }

        @Override
        public boolean put(int row, String text) {
            try {
                return LittleEndian.putSigned(data, row * form.width, form.width, number(text, form.scale));
            } catch (ArithmeticException | NumberFormatException e) {
                return false;
            }
        }
    }
}

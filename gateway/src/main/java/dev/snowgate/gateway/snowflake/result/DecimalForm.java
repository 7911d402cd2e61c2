package dev.snowgate.gateway.snowflake.result;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Numbers of 128 bits. */
record DecimalForm(int scale, int precision) implements ArrowForm {
    private static final int WIDTH = 16;

    @Override
    public void check(ArrowColumn column) {
        column.checkValidity();
        column.checkLength(1, (long) column.rows() * WIDTH);
    }

    @Override
    public String read(ArrowColumn column, int row) {
        byte[] big = new byte[WIDTH];
        int at = column.at(1) + row * WIDTH;
        for (int i = 0; i < WIDTH; i++) {
            big[WIDTH - 1 - i] = column.body()[at + i];
        }
        return new BigDecimal(new BigInteger(big), scale).toPlainString();
    }

    @Override
    public Writer writer(ArrowColumn column) {
        return new Cells(this, column.rows());
    }

    static final class Cells extends FixedWidth {
        private final DecimalForm form;

        Cells(DecimalForm form, int rows) {
            super((long) rows * WIDTH);
            this.form = form;
        }

        @Override
        public boolean put(int row, String text) {
            BigDecimal number;
            try {
                number = new BigDecimal(text).setScale(form.scale);
            } catch (ArithmeticException | NumberFormatException e) {
                return false;
            }
            if (number.precision() > form.precision) {
                return false;
            }
            byte[] big = number.unscaledValue().toByteArray();
            for (int i = 0; i < WIDTH; i++) {
                data[row * WIDTH + i] =
                        i < big.length ? big[big.length - 1 - i] : (byte) (number.signum() < 0 ? -1 : 0);
            }
            return true;
        }
    }
}

package dev.snowgate.gateway.snowflake.result;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.apache.arrow.flatbuf.Type;
import org.jspecify.annotations.Nullable;

/** Decimal floating point numbers as a struct of exponent and significand (two's complement, largest byte first). */
record DecimalFloatForm() implements ArrowForm {
    private static final int MOST_SIGNIFICAND = 17;
    private static final BytesForm BYTES = new BytesForm(BytesForm.Text.HEX);

    static @Nullable DecimalFloatForm of(ArrowField field) {
        boolean known = field.type() == Type.Struct_
                && field.children().size() == 2
                && field.child(0, "exponent")
                        .filter(child -> child.integerWidth() == 2)
                        .isPresent()
                && field.child(1, "significand")
                        .filter(child -> child.type() == Type.Binary && !child.dictionary())
                        .isPresent();
        return known ? new DecimalFloatForm() : null;
    }

    @Override
    public void check(ArrowColumn column) {
        column.checkValidity();
        if (column.child(0).rows() != column.rows() || column.child(1).rows() != column.rows()) {
            throw new ResultFault("a column of the result is shorter than announced");
        }
        new IntegerForm(2, 0).check(column.child(0));
        BYTES.check(column.child(1));
    }

    @Override
    public boolean isNull(ArrowColumn column, int row) {
        return column.isNull(row)
                || column.child(0).isNull(row)
                || column.child(1).isNull(row);
    }

    @Override
    public String read(ArrowColumn column, int row) {
        ArrowColumn exponents = column.child(0);
        ArrowColumn significands = column.child(1);
        int start = LittleEndian.intAt(significands.body(), significands.at(1) + 4 * row);
        int length = LittleEndian.intAt(significands.body(), significands.at(1) + 4 * row + 4) - start;
        if (length > MOST_SIGNIFICAND) {
            throw ArrowMessage.damaged();
        }
        BigInteger significand =
                length == 0 ? BigInteger.ZERO : new BigInteger(significands.body(), significands.at(2) + start, length);
        int exponent = (int) LittleEndian.signed(exponents.body(), exponents.at(1) + 2 * row, 2);
        return new BigDecimal(significand, -exponent).toString();
    }

    @Override
    public Writer writer(ArrowColumn column) {
        return new Cells(column.rows());
    }

    static final class Cells implements Writer {
        private final byte[] exponents;
        private final BytesForm.Cells significands;

        Cells(int rows) {
            this.exponents = new byte[2 * rows];
            this.significands = new BytesForm.Cells(BYTES, rows);
        }

        @Override
        public boolean put(int row, String text) {
            try {
                BigDecimal number = new BigDecimal(text).stripTrailingZeros();
                boolean fits = number.precision() <= 38
                        && LittleEndian.putSigned(exponents, 2 * row, 2, -(long) number.scale());
                if (fits) {
                    significands.putBytes(row, number.unscaledValue().toByteArray());
                } else {
                    significands.putNull(row);
                }
                return fits;
            } catch (NumberFormatException e) {
                significands.putNull(row);
                return false;
            }
        }

        @Override
        public void putNull(int row) {
            significands.putNull(row);
        }

        @Override
        public List<byte[]> buffers() {
            byte[] allValid = {};
            List<byte[]> bytes = significands.buffers();
            return List.of(allValid, exponents, allValid, bytes.get(0), bytes.get(1));
        }
    }
}

package dev.snowgate.gateway.snowflake.result;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Timestamps as a struct: seconds and nanoseconds, or one number of units of the last decimal, and the offset of the zone where there is
 * one.
 *
 * @param fraction whether nanoseconds have a number of their own
 * @param zone whether an offset in minutes + 1440 stands last
 */
record TimestampForm(int scale, boolean fraction, boolean zone) implements ArrowForm {
    private static final int NANOS = 1_000_000_000;
    private static final int MOST_ZONE = 2 * 1440;

    static @Nullable TimestampForm of(ArrowField field, boolean zone) {
        boolean fraction = field.children().size() == (zone ? 3 : 2);
        int count = 1 + (fraction ? 1 : 0) + (zone ? 1 : 0);
        boolean known = field.scale() >= 0
                && field.scale() <= 9
                && field.type() == org.apache.arrow.flatbuf.Type.Struct_
                && field.children().size() == count
                && count > 1
                && isNumber(field, 0, "epoch", 8)
                && (!fraction || isNumber(field, 1, "fraction", 4))
                && (!zone || isNumber(field, count - 1, "timezone", 4));
        return known ? new TimestampForm(field.scale(), fraction, zone) : null;
    }

    private static boolean isNumber(ArrowField field, int place, String name, int width) {
        return field.child(place, name)
                .filter(child -> child.integerWidth() == width)
                .isPresent();
    }

    @Override
    public void check(ArrowColumn column) {
        column.checkValidity();
        for (int i = 0; i < column.field().children().size(); i++) {
            ArrowColumn child = column.child(i);
            if (child.rows() != column.rows()) {
                throw new ResultFault("a column of the result is shorter than announced");
            }
            new IntegerForm(child.field().integerWidth(), 0).check(child);
        }
    }

    @Override
    public boolean isNull(ArrowColumn column, int row) {
        boolean isNull = column.isNull(row);
        for (int i = 0; i < column.field().children().size(); i++) {
            isNull |= column.child(i).isNull(row);
        }
        return isNull;
    }

    @Override
    public String read(ArrowColumn column, int row) {
        long epoch = number(column, 0, 8, row);
        String text = fraction
                ? BigDecimal.valueOf(epoch)
                        .add(BigDecimal.valueOf(number(column, 1, 4, row), 9))
                        .setScale(scale, RoundingMode.FLOOR)
                        .toPlainString()
                : IntegerForm.text(epoch, scale);
        return zone ? text + " " + number(column, column.field().children().size() - 1, 4, row) : text;
    }

    private static long number(ArrowColumn column, int place, int width, int row) {
        ArrowColumn child = column.child(place);
        return LittleEndian.signed(child.body(), child.at(1) + row * width, width);
    }

    @Override
    public Writer writer(ArrowColumn column) {
        return new Cells(this, column.rows());
    }

    static final class Cells implements Writer {
        private final TimestampForm form;
        private final byte[] epochs;
        private final byte[] fractions;
        private final byte[] zones;

        Cells(TimestampForm form, int rows) {
            this.form = form;
            this.epochs = new byte[8 * rows];
            this.fractions = new byte[form.fraction ? 4 * rows : 0];
            this.zones = new byte[form.zone ? 4 * rows : 0];
        }

        @Override
        public boolean put(int row, String text) {
            int space = text.indexOf(' ');
            if (form.zone != space >= 0) {
                return false;
            }
            try {
                putTime(row, form.zone ? text.substring(0, space) : text);
                int minutes = form.zone ? Integer.parseInt(text.substring(space + 1)) : 0;
                if (minutes < 0 || minutes > MOST_ZONE) {
                    throw new ArithmeticException();
                }
                if (form.zone) {
                    LittleEndian.putInt(zones, 4 * row, minutes);
                }
                return true;
            } catch (ArithmeticException | NumberFormatException e) {
                LittleEndian.putLong(epochs, 8 * row, 0);
                return false;
            }
        }

        private void putTime(int row, String text) {
            if (!form.fraction) {
                LittleEndian.putLong(epochs, 8 * row, IntegerForm.number(text, form.scale));
                return;
            }
            BigDecimal nanos = new BigDecimal(text).setScale(9);
            BigDecimal seconds = nanos.setScale(0, RoundingMode.FLOOR);
            LittleEndian.putLong(epochs, 8 * row, seconds.longValueExact());
            LittleEndian.putInt(
                    fractions,
                    4 * row,
                    nanos.subtract(seconds).multiply(BigDecimal.valueOf(NANOS)).intValueExact());
        }

        @Override
        public void putNull(int row) {
            // the cell is zero already
        }

        @Override
        public List<byte[]> buffers() {
            byte[] allValid = {};
            List<byte[]> buffers = new ArrayList<>(List.of(allValid, epochs));
            if (form.fraction) {
                buffers.addAll(List.of(allValid, fractions));
            }
            if (form.zone) {
                buffers.addAll(List.of(allValid, zones));
            }
            return buffers;
        }
    }
}

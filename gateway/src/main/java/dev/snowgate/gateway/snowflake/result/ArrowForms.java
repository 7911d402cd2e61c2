package dev.snowgate.gateway.snowflake.result;

import java.util.Locale;
import java.util.Optional;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Type;
import org.jspecify.annotations.Nullable;

/** The form of a column by its logical type and its physical one; empty for every pair that Snowflake is not known to send. */
final class ArrowForms {
    private ArrowForms() {}

    /**
     * @param announced the type that the reply's row type says; the schema must say the same
     * @param memory for what must be put together before it can be masked
     */
    static Optional<ArrowForm> of(ArrowField field, String announced, HeldMemory.Share memory) {
        String type = announced.toLowerCase(Locale.ROOT);
        if (field.dictionary() || !field.logicalType().equals(type)) {
            return Optional.empty();
        }
        return isStructured(field, type) ? NestedForm.of(field, memory) : member(field, type);
    }

    /** Whether the values of a type that is a text in most results have columns of their own. */
    private static boolean isStructured(ArrowField field, String type) {
        return switch (type) {
            case "object", "array", "map" -> field.type() != Type.Utf8;
            default -> false;
        };
    }

    /** The type of a member of a structured value: what its field says, else what its encoding can only be; empty text if neither tells. */
    static String memberType(ArrowField field) {
        if (!field.logicalType().isEmpty()) {
            return field.logicalType();
        }
        return switch (field.type()) {
            case Type.Utf8 -> "text";
            case Type.Bool -> "boolean";
            case Type.FloatingPoint -> "real";
            case Type.Int, Type.Decimal -> "fixed";
            case Type.Date -> "date";
            default -> "";
        };
    }

    /** The form of a field that is no structured value itself. */
    static Optional<ArrowForm> member(ArrowField field, String type) {
        return Optional.ofNullable(
                switch (type) {
                    case "fixed" -> fixed(field);
                    case "real" -> isDouble(field) ? new DoubleForm() : null;
                    case "boolean" -> field.type() == Type.Bool ? new BooleanForm() : null;
                    case "date" -> isDays(field) ? new IntegerForm(4, 0) : null;
                    case "time" -> field.integerWidth() >= 4 ? scaled(field) : null;
                    case "timestamp_ntz", "timestamp_ltz" ->
                        field.integerWidth() == 8 ? scaled(field) : TimestampForm.of(field, false);
                    case "timestamp_tz" -> TimestampForm.of(field, true);
                    case "binary" -> field.type() == Type.Binary ? new BytesForm(BytesForm.Text.HEX) : null;
                    case "decfloat" -> DecimalFloatForm.of(field);
                    default -> field.type() == Type.Utf8 ? BytesForm.UTF_8 : null;
                });
    }

    private static @Nullable ArrowForm fixed(ArrowField field) {
        if (field.integerWidth() > 0) {
            return field.metadata().containsKey("scale") || !field.logicalType().isEmpty()
                    ? scaled(field)
                    : new IntegerForm(field.integerWidth(), 0);
        }
        return field.type() == Type.Decimal
                        && field.source().type(new Decimal()) instanceof Decimal decimal
                        && decimal.bitWidth() == 128
                        && decimal.scale() >= 0
                        && decimal.scale() <= 38
                ? new DecimalForm(decimal.scale(), Math.min(38, decimal.precision()))
                : null;
    }

    private static @Nullable ArrowForm scaled(ArrowField field) {
        return field.scale() < 0 ? null : new IntegerForm(field.integerWidth(), field.scale());
    }

    private static boolean isDouble(ArrowField field) {
        return field.type() == Type.FloatingPoint
                && field.source().type(new FloatingPoint()) instanceof FloatingPoint number
                && number.precision() == Precision.DOUBLE;
    }

    private static boolean isDays(ArrowField field) {
        return field.integerWidth() == 4
                || field.type() == Type.Date
                        && field.source().type(new Date()) instanceof Date date
                        && date.unit() == DateUnit.DAY;
    }
}

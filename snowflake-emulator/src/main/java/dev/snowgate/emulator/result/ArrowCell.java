package dev.snowgate.emulator.result;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Puts values of one column into its Arrow vector, in the physical form that Snowflake uses. */
record ArrowCell(Column column, FieldVector vector) {

    static Field field(Column column) {
        Map<String, String> metadata = Map.of(
                "logicalType", column.kind().name(),
                "precision", Integer.toString(column.kind() == Column.Kind.FIXED ? column.precision() : 38),
                "scale", Integer.toString(column.scale()),
                "charLength", Long.toString(column.length()),
                "byteLength", byteLength(column),
                "finalType", "T",
                "physicalType", physicalType(column));
        List<Field> children = switch (column.kind()) {
            case TIMESTAMP_NTZ, TIMESTAMP_LTZ ->
                List.of(Field.notNullable("epoch", int64()), Field.notNullable("fraction", int32()));
            case TIMESTAMP_TZ ->
                List.of(
                        Field.notNullable("epoch", int64()),
                        Field.notNullable("fraction", int32()),
                        Field.notNullable("timezone", int32()));
            default -> List.of();
        };
        return new Field(column.name(), new FieldType(column.nullable(), arrowType(column), null, metadata), children);
    }

    private static String byteLength(Column column) {
        if (column.kind() == Column.Kind.FIXED) {
            return Integer.toString(column.width());
        }
        Long length = column.wireByteLength();
        return column.kind().isTimestamp() ? "16" : length == null ? "8" : length.toString();
    }

    private static String physicalType(Column column) {
        return switch (column.kind()) {
            case FIXED -> "SB" + column.width();
            case REAL -> "DOUBLE";
            case BOOLEAN -> "SB1";
            case DATE -> "SB4";
            case TIME -> "SB8";
            case TIMESTAMP_NTZ, TIMESTAMP_LTZ, TIMESTAMP_TZ -> "SB16";
            case TEXT, BINARY, VARIANT, OBJECT, ARRAY -> "LOB";
        };
    }

    private static ArrowType int64() {
        return new ArrowType.Int(64, true);
    }

    private static ArrowType int32() {
        return new ArrowType.Int(32, true);
    }

    private static ArrowType arrowType(Column column) {
        return switch (column.kind()) {
            case FIXED ->
                column.width() == 16
                        ? new ArrowType.Decimal(38, column.scale(), 128)
                        : new ArrowType.Int(column.width() * 8, true);
            case REAL -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case TEXT, VARIANT, OBJECT, ARRAY -> new ArrowType.Utf8();
            case BOOLEAN -> new ArrowType.Bool();
            case DATE -> new ArrowType.Date(DateUnit.DAY);
            case TIME -> int64();
            case TIMESTAMP_NTZ, TIMESTAMP_LTZ, TIMESTAMP_TZ -> new ArrowType.Struct();
            case BINARY -> new ArrowType.Binary();
        };
    }

    void set(int row, Object value) {
        switch (vector) {
            case BigIntVector v -> v.setSafe(row, value instanceof LocalTime t ? t.toNanoOfDay() : unscaled(value));
            case VarCharVector v -> v.setSafe(row, value.toString().getBytes(StandardCharsets.UTF_8));
            case DecimalVector v -> v.setSafe(row, decimal(value));
            case IntVector v -> v.setSafe(row, (int) unscaled(value));
            case SmallIntVector v -> v.setSafe(row, (short) unscaled(value));
            case TinyIntVector v -> v.setSafe(row, (byte) unscaled(value));
            case Float8Vector v -> v.setSafe(row, ((Number) value).doubleValue());
            case BitVector v -> v.setSafe(row, (Boolean) value ? 1 : 0);
            case DateDayVector v -> v.setSafe(row, (int) ((LocalDate) value).toEpochDay());
            case VarBinaryVector v -> v.setSafe(row, (byte[]) value);
            case StructVector v -> struct(v, row, value);
            default -> throw new IllegalStateException("No Arrow form for " + column.kind());
        }
    }

    private static void struct(StructVector vector, int row, Object value) {
        OffsetDateTime time =
                value instanceof LocalDateTime local ? local.atOffset(ZoneOffset.UTC) : (OffsetDateTime) value;
        vector.setIndexDefined(row);
        ((BigIntVector) vector.getChild("epoch")).setSafe(row, time.toEpochSecond());
        ((IntVector) vector.getChild("fraction")).setSafe(row, time.getNano());
        if (vector.getChild("timezone") instanceof IntVector zone) {
            zone.setSafe(row, time.getOffset().getTotalSeconds() / 60 + 1440);
        }
    }

    private long unscaled(Object value) {
        return switch (value) {
            case BigDecimal d -> d.setScale(column.scale()).unscaledValue().longValueExact();
            case BigInteger i -> i.longValueExact();
            default -> ((Number) value).longValue();
        };
    }

    private BigDecimal decimal(Object value) {
        BigDecimal number = switch (value) {
            case BigDecimal d -> d;
            case BigInteger i -> new BigDecimal(i);
            default -> BigDecimal.valueOf(((Number) value).longValue());
        };
        return number.setScale(column.scale());
    }
}

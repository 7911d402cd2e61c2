package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.gateway.statement.PageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Streams as Snowflake writes them, made by the Arrow library, with the cells as JSON rows have them. */
record ArrowSample(List<Column> columns, List<String> types, byte[] stream, int rows) {
    /** One column: its cells as texts, null for SQL NULL. */
    record Column(String name, Kind kind, int scale, List<@Nullable String> cells) {}

    /** A logical type in one of its physical forms. */
    enum Kind {
        FIXED1("fixed"),
        FIXED2("fixed"),
        FIXED4("fixed"),
        FIXED8("fixed"),
        FIXED16("fixed"),
        REAL("real"),
        TEXT("text"),
        LARGE_TEXT("text"),
        VARIANT("variant"),
        BOOLEAN("boolean"),
        DATE("date"),
        DATE_INT("date"),
        TIME4("time"),
        TIME8("time"),
        NTZ_NUMBER("timestamp_ntz"),
        NTZ_STRUCT("timestamp_ntz"),
        TZ_NUMBER("timestamp_tz"),
        TZ_STRUCT("timestamp_tz"),
        BINARY("binary"),
        DECFLOAT("decfloat");

        private final String type;

        Kind(String type) {
            this.type = type;
        }
    }

    /** Every kind, with nulls, bounds and moments before 1970. */
    static List<Column> everyKind() {
        return List.of(
                new Column("F1", Kind.FIXED1, 0, cells("7", null, "-128", "127", "0")),
                new Column("F2", Kind.FIXED2, 2, cells("12.34", "-0.07", null, "327.67", "-327.68")),
                new Column("F4", Kind.FIXED4, 1, cells("123456.7", null, null, "-1.0", "214748364.7")),
                new Column(
                        "F8",
                        Kind.FIXED8,
                        3,
                        cells("-9223372036854775.808", "1.001", null, "0.000", "9223372036854775.807")),
                new Column(
                        "F16",
                        Kind.FIXED16,
                        5,
                        cells("-123456789012345678901234567890.12345", "0.00001", null, "7.00000", "-0.00001")),
                new Column("R", Kind.REAL, 0, cells("1.5", "NaN", null, "-inf", "1.0E300")),
                new Column(
                        "T",
                        Kind.TEXT,
                        0,
                        cells("anna.raw@acme.example", "", null, "tëxt 😀 of some length", "123-45-6789")),
                new Column("LT", Kind.LARGE_TEXT, 0, cells("long.raw@acme.example", "", null, "x", "y")),
                new Column("V", Kind.VARIANT, 0, cells("{\"a\": [1, 2]}", null, "null", "\"x\"", "5")),
                new Column("B", Kind.BOOLEAN, 0, cells("1", "0", null, "1", "0")),
                new Column("D", Kind.DATE, 0, cells("18262", "-1", null, "0", "-719162")),
                new Column("DI", Kind.DATE_INT, 0, cells("18262", "-1", null, "0", "-719162")),
                new Column("T4", Kind.TIME4, 3, cells("45296.123", "0.000", null, "86399.999", "1.000")),
                new Column(
                        "T8",
                        Kind.TIME8,
                        9,
                        cells("45296.123456789", "0.000000000", null, "86399.999999999", "1.000000000")),
                new Column("NN", Kind.NTZ_NUMBER, 3, cells("1577934245.123", "-0.500", null, "-86400.001", "0.000")),
                new Column(
                        "NS",
                        Kind.NTZ_STRUCT,
                        9,
                        cells("1577934245.123456789", "-0.500000000", null, "-86400.000000001", "0.000000000")),
                new Column(
                        "ZN",
                        Kind.TZ_NUMBER,
                        3,
                        cells("1577934245.123 1980", "-0.500 1440", null, "-86400.001 0", "0.000 2880")),
                new Column(
                        "ZS",
                        Kind.TZ_STRUCT,
                        9,
                        cells(
                                "1577934245.123456789 1980",
                                "-0.500000000 1440",
                                null,
                                "-86400.000000001 0",
                                "0.000000000 2880")),
                new Column("BI", Kind.BINARY, 0, cells("DEADBEEF", "", null, "00", "FF")),
                new Column(
                        "DF",
                        Kind.DECFLOAT,
                        0,
                        cells("1.5", "1E+100", null, "-12345678901234567890123456789012345678", "0")));
    }

    static List<@Nullable String> cells(@Nullable String... cells) {
        return java.util.Arrays.asList(cells);
    }

    static ArrowSample of(List<Column> columns, int batch) {
        return of(columns, batch, IpcOption.DEFAULT);
    }

    static ArrowSample of(List<Column> columns, int batch, IpcOption option) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Schema schema = new Schema(columns.stream().map(ArrowSample::field).toList(), Map.of("made by", "a test"));
        int rows = columns.getFirst().cells().size();
        try (RootAllocator allocator = new RootAllocator();
                VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
                ArrowStreamWriter writer = new ArrowStreamWriter(root, null, Channels.newChannel(out), option)) {
            writer.start();
            for (int from = 0; from < rows; from += batch) {
                root.getFieldVectors().forEach(FieldVector::reset);
                int count = Math.min(batch, rows - from);
                for (int i = 0; i < columns.size(); i++) {
                    for (int row = 0; row < count; row++) {
                        String cell = columns.get(i).cells().get(from + row);
                        if (cell != null) {
                            set(columns.get(i), root.getVector(i), row, cell);
                        }
                    }
                }
                root.getFieldVectors().forEach(vector -> vector.setValueCount(count));
                root.setRowCount(count);
                writer.writeBatch();
            }
            writer.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ArrowSample(
                columns, columns.stream().map(column -> column.kind().type).toList(), out.toByteArray(), rows);
    }

    List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    private static Field field(Column column) {
        Map<String, String> metadata = Map.of(
                "logicalType",
                column.kind().type.toUpperCase(java.util.Locale.ROOT),
                "scale",
                Integer.toString(column.scale()),
                "precision",
                "10",
                "charLength",
                "3",
                "byteLength",
                column.kind() == Kind.TZ_NUMBER ? "8" : "16",
                "finalType",
                "T");
        List<Field> children = new ArrayList<>();
        switch (column.kind()) {
            case NTZ_STRUCT -> children.addAll(List.of(number("epoch", 64), number("fraction", 32)));
            case TZ_NUMBER -> children.addAll(List.of(number("epoch", 64), number("timezone", 32)));
            case TZ_STRUCT ->
                children.addAll(List.of(number("epoch", 64), number("fraction", 32), number("timezone", 32)));
            case DECFLOAT ->
                children.addAll(List.of(
                        number("exponent", 16),
                        new Field("significand", FieldType.nullable(new ArrowType.Binary()), null)));
            default -> {
                // one vector of its own
            }
        }
        return new Field(column.name(), new FieldType(false, type(column), null, metadata), children);
    }

    private static Field number(String name, int bits) {
        return new Field(name, FieldType.nullable(new ArrowType.Int(bits, true)), null);
    }

    private static ArrowType type(Column column) {
        return switch (column.kind()) {
            case FIXED1 -> new ArrowType.Int(8, true);
            case FIXED2 -> new ArrowType.Int(16, true);
            case FIXED4, TIME4, DATE_INT -> new ArrowType.Int(32, true);
            case FIXED8, TIME8, NTZ_NUMBER -> new ArrowType.Int(64, true);
            case FIXED16 -> new ArrowType.Decimal(38, column.scale(), 128);
            case REAL -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case TEXT, VARIANT -> new ArrowType.Utf8();
            case LARGE_TEXT -> new ArrowType.LargeUtf8();
            case BOOLEAN -> new ArrowType.Bool();
            case DATE -> new ArrowType.Date(DateUnit.DAY);
            case BINARY -> new ArrowType.Binary();
            case NTZ_STRUCT, TZ_NUMBER, TZ_STRUCT, DECFLOAT -> new ArrowType.Struct();
        };
    }

    private static void set(Column column, FieldVector vector, int row, String cell) {
        switch (vector) {
            case TinyIntVector v -> v.setSafe(row, (int) unscaled(column, cell));
            case SmallIntVector v -> v.setSafe(row, (int) unscaled(column, cell));
            case IntVector v -> v.setSafe(row, (int) unscaled(column, cell));
            case BigIntVector v -> v.setSafe(row, unscaled(column, cell));
            case DecimalVector v -> v.setSafe(row, new BigDecimal(cell));
            case Float8Vector v ->
                v.setSafe(row, cell.equals("-inf") ? Double.NEGATIVE_INFINITY : Double.parseDouble(cell));
            case VarCharVector v -> v.setSafe(row, cell.getBytes(StandardCharsets.UTF_8));
            case LargeVarCharVector v -> v.setSafe(row, cell.getBytes(StandardCharsets.UTF_8));
            case VarBinaryVector v -> v.setSafe(row, HexFormat.of().parseHex(cell));
            case BitVector v -> v.setSafe(row, Integer.parseInt(cell));
            case DateDayVector v -> v.setSafe(row, Integer.parseInt(cell));
            case StructVector v -> struct(column, v, row, cell);
            default -> throw new IllegalStateException();
        }
    }

    private static void struct(Column column, StructVector vector, int row, String cell) {
        vector.setIndexDefined(row);
        if (column.kind() == Kind.DECFLOAT) {
            BigDecimal number = new BigDecimal(cell);
            ((SmallIntVector) vector.getChild("exponent")).setSafe(row, -number.scale());
            BigInteger significand = number.unscaledValue();
            ((VarBinaryVector) vector.getChild("significand")).setSafe(row, significand.toByteArray());
            return;
        }
        String[] parts = cell.split(" ");
        BigDecimal seconds = new BigDecimal(parts[0]);
        BigDecimal whole = seconds.setScale(0, java.math.RoundingMode.FLOOR);
        BigIntVector epoch = (BigIntVector) vector.getChild("epoch");
        epoch.setSafe(row, column.kind() == Kind.TZ_NUMBER ? unscaled(column, parts[0]) : whole.longValueExact());
        if (vector.getChild("fraction") instanceof IntVector fraction) {
            fraction.setSafe(row, seconds.subtract(whole).movePointRight(9).intValueExact());
        }
        if (vector.getChild("timezone") instanceof IntVector zone) {
            zone.setSafe(row, Integer.parseInt(parts[1]));
        }
    }

    private static long unscaled(Column column, String cell) {
        return new BigDecimal(cell).setScale(column.scale()).unscaledValue().longValueExact();
    }

    /** The rows of a whole stream, in the recording's form. */
    static byte[] page(byte[] stream, List<String> names, List<String> types) {
        try (PageWriter page = new PageWriter()) {
            ArrowPage shown = new ArrowPage(names, types, page, HeldMemory.UNLIMITED.share());
            shown.show(stream, stream.length);
            shown.end();
            return page.finish().bytes();
        }
    }
}

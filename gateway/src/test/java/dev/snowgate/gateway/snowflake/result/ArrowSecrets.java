package dev.snowgate.gateway.snowflake.result;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Columns in every encoding, structured ones too, whose cells are bytes that can be found again; some lie under nulls. */
final class ArrowSecrets {
    static final int ROWS = 4;
    private static final int NULL_ROW = 1;
    private static final String TEXT = "raw-secret-";
    private static final int NUMBER = 0x5EC2E7AD;
    private static final long LONG = (long) NUMBER << 32 | NUMBER;
    private static final byte[] NUMBER_BYTES = {(byte) 0xAD, (byte) 0xE7, (byte) 0xC2, 0x5E};

    private ArrowSecrets() {}

    /** A column with its logical type. */
    record Column(Field field, String type) {}

    static List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        columns.add(column("TEXT", "text", new ArrowType.Utf8()));
        columns.add(column("LARGE", "text", new ArrowType.LargeUtf8()));
        columns.add(column("VARIANT", "variant", new ArrowType.Utf8()));
        columns.add(column("BINARY", "binary", new ArrowType.Binary()));
        columns.add(column("BYTES8", "binary", new ArrowType.FixedSizeBinary(8)));
        columns.add(column("INT", "fixed", new ArrowType.Int(32, true)));
        columns.add(column("LONG", "fixed", new ArrowType.Int(64, true)));
        columns.add(column("DECIMAL", "fixed", new ArrowType.Decimal(38, 0, 128)));
        columns.add(column("FLOAT", "real", new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE)));
        columns.add(column("DOUBLE", "real", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE)));
        columns.add(column("OBJECT", "object", new ArrowType.Struct(), struct()));
        columns.add(column("TEXTS", "array", new ArrowType.List(), item(new ArrowType.Utf8())));
        columns.add(column("LONGS", "array", new ArrowType.LargeList(), item(new ArrowType.Int(64, true))));
        columns.add(column(
                "DEEP",
                "array",
                new ArrowType.List(),
                item(new ArrowType.List(), item(new ArrowType.Struct(), struct()))));
        columns.add(column(
                "MAP",
                "map",
                new ArrowType.Map(false),
                new Field(
                        "entries",
                        FieldType.notNullable(new ArrowType.Struct()),
                        List.of(
                                new Field("key", FieldType.notNullable(new ArrowType.Utf8()), null),
                                item(new ArrowType.Int(64, true))))));
        columns.add(column(
                "VECTOR",
                "vector",
                new ArrowType.FixedSizeList(3),
                item(new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE))));
        columns.add(column("OBJECTS", "array", new ArrowType.FixedSizeList(2), item(new ArrowType.Struct(), struct())));
        return columns;
    }

    private static Column column(String name, String type, ArrowType arrow, Field... children) {
        Map<String, String> metadata = Map.of("logicalType", type.toUpperCase(Locale.ROOT), "scale", "0");
        return new Column(new Field(name, new FieldType(true, arrow, null, metadata), Arrays.asList(children)), type);
    }

    private static Field item(ArrowType type, Field... children) {
        return new Field("item", FieldType.nullable(type), Arrays.asList(children));
    }

    private static Field[] struct() {
        return new Field[] {
            new Field("a", FieldType.nullable(new ArrowType.Utf8()), null),
            new Field("b", FieldType.nullable(new ArrowType.Int(64, true)), null),
            new Field("c", FieldType.nullable(new ArrowType.Decimal(38, 0, 128)), null)
        };
    }

    static Column view() {
        return column("VIEW", "text", ArrowType.Utf8View.INSTANCE);
    }

    static byte[] stream(List<Column> columns) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RootAllocator allocator = new RootAllocator();
                VectorSchemaRoot root = VectorSchemaRoot.create(
                        new Schema(columns.stream().map(Column::field).toList()), allocator);
                ArrowStreamWriter writer = new ArrowStreamWriter(root, null, Channels.newChannel(out))) {
            writer.start();
            for (int batch = 0; batch < 2; batch++) {
                for (FieldVector vector : root.getFieldVectors()) {
                    vector.reset();
                    for (int row = 0; row < ROWS; row++) {
                        fill(vector, row);
                    }
                    vector.setNull(NULL_ROW);
                    vector.setValueCount(ROWS);
                }
                root.setRowCount(ROWS);
                writer.writeBatch();
            }
            writer.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void fill(FieldVector vector, int at) {
        byte[] text = (TEXT + at).getBytes(StandardCharsets.US_ASCII);
        switch (vector) {
            case VarCharVector v -> v.setSafe(at, text);
            case LargeVarCharVector v -> v.setSafe(at, text);
            case ViewVarCharVector v -> v.setSafe(at, text);
            case VarBinaryVector v -> v.setSafe(at, text);
            case FixedSizeBinaryVector v -> v.setSafe(at, Arrays.copyOf(text, 8));
            case IntVector v -> v.setSafe(at, NUMBER);
            case BigIntVector v -> v.setSafe(at, LONG);
            case Float4Vector v -> v.setSafe(at, Float.intBitsToFloat(NUMBER));
            case Float8Vector v -> v.setSafe(at, Double.longBitsToDouble(LONG));
            case DecimalVector v ->
                v.setSafe(
                        at,
                        new BigDecimal(BigInteger.valueOf(LONG).shiftLeft(32).or(BigInteger.valueOf(NUMBER))));
            case StructVector v -> {
                v.setIndexDefined(at);
                v.getChildrenFromFields().forEach(child -> fill(child, at));
            }
            case FixedSizeListVector v -> {
                int start = v.startNewValue(at);
                for (int i = 0; i < v.getListSize(); i++) {
                    fill(v.getDataVector(), start + i);
                }
            }
            case ListVector v -> {
                int start = v.startNewValue(at);
                fill(v.getDataVector(), start);
                fill(v.getDataVector(), start + 1);
                v.endValue(at, 2);
            }
            case LargeListVector v -> {
                int start = (int) v.startNewValue(at);
                fill(v.getDataVector(), start);
                v.endValue(at, 1);
            }
            default -> throw new IllegalArgumentException(vector.getClass().getName());
        }
    }

    /** Whether bytes of a cell are among these; the first eight of a text are enough. */
    static boolean isIn(byte[] bytes) {
        return find(bytes, TEXT.substring(0, 8).getBytes(StandardCharsets.US_ASCII)) || find(bytes, NUMBER_BYTES);
    }

    private static boolean find(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }
}

package dev.snowgate.emulator.result;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Reads a stored result back as the text of its JSON cells, whatever form it was stored in. */
public final class ResultReader {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ResultReader() {}

    /** Takes one row. */
    public interface RowTaker {
        void take(@Nullable String[] row) throws SQLException;
    }

    public static void read(StoredResult result, RowTaker taker) throws SQLException {
        try {
            part(result, new ByteArrayInputStream(result.inline()), taker);
            for (StoredResult.Chunk chunk : result.chunks()) {
                try (InputStream in = new GZIPInputStream(Files.newInputStream(chunk.file()), 1 << 16)) {
                    part(result, in, taker);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A stored result can't be read", e);
        }
    }

    private static void part(StoredResult result, InputStream in, RowTaker taker) throws IOException, SQLException {
        if (result.format() == StoredResult.Format.ARROW) {
            arrow(result.columns(), in, taker);
        } else {
            json(result.columns().size(), in, taker);
        }
    }

    private static void json(int width, InputStream rows, RowTaker taker) throws SQLException {
        InputStream list = new SequenceInputStream(Collections.enumeration(
                List.of(new ByteArrayInputStream(new byte[] {'['}), rows, new ByteArrayInputStream(new byte[] {']'}))));
        try (JsonParser parser = JSON.createParser(list)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.START_ARRAY) {
                @Nullable String[] row = new @Nullable String[width];
                for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                    row[i] = parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getString();
                }
                taker.take(row);
            }
        }
    }

    private static void arrow(List<Column> columns, InputStream in, RowTaker taker) throws IOException, SQLException {
        try (RootAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(in, allocator)) {
            while (reader.loadNextBatch()) {
                var root = reader.getVectorSchemaRoot();
                for (int r = 0; r < root.getRowCount(); r++) {
                    @Nullable String[] row = new @Nullable String[columns.size()];
                    for (int c = 0; c < row.length; c++) {
                        row[c] = cell(columns.get(c), root.getVector(c), r);
                    }
                    taker.take(row);
                }
            }
        }
    }

    private static @Nullable String cell(Column column, FieldVector vector, int row) {
        Object value = vector.getObject(row);
        if (value == null) {
            return null;
        }
        return switch (column.kind()) {
            case FIXED ->
                value instanceof java.math.BigDecimal d
                        ? d.toPlainString()
                        : java.math.BigDecimal.valueOf(((Number) value).longValue(), column.scale())
                                .toPlainString();
            case BOOLEAN -> (Boolean) value ? "1" : "0";
            case TIME ->
                java.math.BigDecimal.valueOf(((Number) value).longValue(), 9).toPlainString();
            case BINARY -> java.util.HexFormat.of().withUpperCase().formatHex((byte[]) value);
            case TIMESTAMP_NTZ, TIMESTAMP_LTZ, TIMESTAMP_TZ -> timestamp((StructVector) vector, row);
            default -> value.toString();
        };
    }

    private static String timestamp(StructVector vector, int row) {
        long epoch = ((Number) vector.getChild("epoch").getObject(row)).longValue();
        long fraction = ((Number) vector.getChild("fraction").getObject(row)).longValue();
        String seconds = java.math.BigDecimal.valueOf(epoch)
                .add(java.math.BigDecimal.valueOf(fraction, 9))
                .toPlainString();
        FieldVector zone = vector.getChild("timezone");
        return zone == null ? seconds : seconds + " " + zone.getObject(row);
    }
}

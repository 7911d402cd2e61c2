package dev.snowgate.emulator.engine;

import dev.snowgate.emulator.result.Column;
import dev.snowgate.emulator.result.RowSource;
import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Struct;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A DuckDB result as rows with Snowflake's types. */
final class DuckRows implements RowSource {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final ResultSet rows;
    private final List<Column> columns;
    private final @Nullable Object[] row;

    DuckRows(ResultSet rows, List<Column> columns) {
        this.rows = rows;
        this.columns = columns;
        this.row = new Object[columns.size()];
    }

    static List<Column> columns(ResultSetMetaData metadata, boolean timestampTz) throws SQLException {
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            columns.add(column(metadata.getColumnName(i), metadata.getColumnTypeName(i), metadata, i, timestampTz));
        }
        return columns;
    }

    private static Column column(String name, String type, ResultSetMetaData metadata, int index, boolean timestampTz)
            throws SQLException {
        String upper = type.toUpperCase(Locale.ROOT);
        if (upper.endsWith("[]")) {
            return Column.of(name, Column.Kind.ARRAY);
        }
        if (upper.startsWith("STRUCT") || upper.startsWith("MAP")) {
            return Column.of(name, Column.Kind.OBJECT);
        }
        if (upper.startsWith("DECIMAL")) {
            int precision = metadata.getPrecision(index);
            return Column.fixed(name, precision, metadata.getScale(index), precision > 18 ? 16 : precision > 9 ? 8 : 4);
        }
        return switch (upper) {
            case "TINYINT", "UTINYINT" -> Column.fixed(name, 3, 0, 2);
            case "SMALLINT", "USMALLINT" -> Column.fixed(name, 5, 0, 4);
            case "INTEGER" -> Column.fixed(name, 10, 0, 4);
            case "UINTEGER" -> Column.fixed(name, 10, 0, 8);
            case "BIGINT" -> Column.fixed(name, 38, 0, 8);
            case "UBIGINT", "HUGEINT", "UHUGEINT" -> Column.fixed(name, 38, 0, 16);
            case "DOUBLE", "FLOAT" -> Column.of(name, Column.Kind.REAL);
            case "BOOLEAN" -> Column.of(name, Column.Kind.BOOLEAN);
            case "DATE" -> Column.of(name, Column.Kind.DATE);
            case "TIME" -> Column.of(name, Column.Kind.TIME);
            case "TIMESTAMP WITH TIME ZONE" ->
                Column.of(name, timestampTz ? Column.Kind.TIMESTAMP_TZ : Column.Kind.TIMESTAMP_LTZ);
            case "BLOB" -> Column.of(name, Column.Kind.BINARY);
            case "JSON" -> Column.of(name, Column.Kind.VARIANT);
            default -> upper.startsWith("TIMESTAMP") ? Column.of(name, Column.Kind.TIMESTAMP_NTZ) : Column.text(name);
        };
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        try {
            if (!rows.next()) {
                return null;
            }
            for (int i = 0; i < row.length; i++) {
                row[i] = cell(columns.get(i).kind(), i + 1);
            }
            return row;
        } catch (SQLException e) {
            throw Errors.translate(e);
        }
    }

    private @Nullable Object cell(Column.Kind kind, int index) throws SQLException {
        Object value = rows.getObject(index);
        if (value == null) {
            return null;
        }
        return switch (kind) {
            case FIXED ->
                value instanceof Number n && !(n instanceof java.math.BigDecimal || n instanceof java.math.BigInteger)
                        ? n.longValue()
                        : value;
            case REAL -> ((Number) value).doubleValue();
            case TIMESTAMP_NTZ -> rows.getObject(index, LocalDateTime.class);
            case BINARY -> bytes(value);
            case ARRAY, OBJECT -> JSON.writeValueAsString(plain(value));
            case TEXT, VARIANT -> value.toString();
            case BOOLEAN, DATE, TIME, TIMESTAMP_LTZ, TIMESTAMP_TZ -> value;
        };
    }

    private static byte[] bytes(Object value) throws SQLException {
        return value instanceof Blob blob ? blob.getBytes(1, (int) blob.length()) : (byte[]) value;
    }

    private static @Nullable Object plain(@Nullable Object value) throws SQLException {
        switch (value) {
            case null -> {
                return null;
            }
            case Array array -> {
                List<@Nullable Object> items = new ArrayList<>();
                for (Object item : (Object[]) array.getArray()) {
                    items.add(plain(item));
                }
                return items;
            }
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> plain = new LinkedHashMap<>();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    plain.put(String.valueOf(entry.getKey()), plain(entry.getValue()));
                }
                return plain;
            }
            case Struct struct -> {
                return struct.toString();
            }
            case Number number -> {
                return number;
            }
            case Boolean truth -> {
                return truth;
            }
            default -> {
                return value.getClass().getSimpleName().equals("JsonNode")
                        ? JSON.readTree(value.toString())
                        : value.toString();
            }
        }
    }
}

package dev.snowgate.console.catalog;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One row for each table and view of a database: what it is, how big, and when it was changed last. */
final class TableHeads {
    private static final String TABLES = """
            select table_schema, table_name, table_type, row_count, bytes, coalesce(last_ddl, last_altered), is_dynamic
            from "%s".information_schema.tables where table_schema <> 'INFORMATION_SCHEMA'
            """;

    private TableHeads() {}

    static Map<ObjectName, CatalogObject> read(SnowflakeSession session, String database, Instant at)
            throws SQLException {
        Map<ObjectName, CatalogObject> heads = new HashMap<>();
        session.each(TABLES.formatted(database), List.of(), row -> {
            String type = String.valueOf(row.getString(3)).toUpperCase(Locale.ROOT);
            if (!type.contains("TEMPORARY")) {
                ObjectName name = new ObjectName(database, row.getString(1), row.getString(2));
                Timestamp changed = row.getTimestamp(6);
                heads.put(
                        name,
                        new CatalogObject(
                                name,
                                "YES".equalsIgnoreCase(row.getString(7)) ? ObjectKind.DYNAMIC_TABLE : kind(type),
                                List.of(),
                                Optional.empty(),
                                Set.of(),
                                figure(row, 4),
                                figure(row, 5),
                                Optional.ofNullable(changed).map(Timestamp::toInstant),
                                at));
            }
        });
        return heads;
    }

    private static Optional<Long> figure(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }

    /** A type that we do not know has no rules of lineage: it is never taken for a table. */
    static ObjectKind kind(@Nullable String tableType) {
        return switch (tableType == null ? "" : tableType.toUpperCase(Locale.ROOT)) {
            case "BASE TABLE", "TABLE", "TRANSIENT" -> ObjectKind.TABLE;
            case "VIEW" -> ObjectKind.VIEW;
            case "MATERIALIZED VIEW" -> ObjectKind.MATERIALIZED_VIEW;
            case "EXTERNAL TABLE" -> ObjectKind.EXTERNAL_TABLE;
            case "DYNAMIC TABLE" -> ObjectKind.DYNAMIC_TABLE;
            default -> ObjectKind.OTHER;
        };
    }
}

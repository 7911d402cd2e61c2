package dev.snowgate.console.catalog;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Columns and definitions of the objects that have to be read. */
final class TableDetails {
    /** With more objects the whole database is read at once. */
    private static final int ONE_BY_ONE = 100;

    private static final int AT_A_TIME = 25;
    private static final String COLUMNS = """
            select table_schema, table_name, column_name, data_type, is_nullable from "%s".information_schema.columns
            where table_schema <> 'INFORMATION_SCHEMA' and (%s) order by table_schema, table_name, ordinal_position
            """;
    private static final String VIEWS = """
            select table_schema, table_name, view_definition from "%s".information_schema.views
            where table_schema <> 'INFORMATION_SCHEMA' and (%s)
            """;
    private static final String DDL = "select get_ddl('%s', '%s')";

    private TableDetails() {}

    static List<CatalogObject> read(SnowflakeSession session, String database, List<CatalogObject> heads)
            throws SQLException {
        Map<ObjectName, List<CatalogColumn>> columns = new HashMap<>();
        Map<ObjectName, String> definitions = new HashMap<>();
        each(
                session,
                COLUMNS,
                database,
                heads,
                row -> columns.computeIfAbsent(name(database, row), name -> new ArrayList<>())
                        .add(new CatalogColumn(
                                row.getString(3),
                                row.getString(4).toUpperCase(Locale.ROOT),
                                !"NO".equalsIgnoreCase(row.getString(5)),
                                Optional.empty())));
        List<CatalogObject> views =
                heads.stream().filter(TableDetails::hasDefinition).toList();
        each(session, VIEWS, database, views, row -> {
            String definition = row.getString(3);
            if (definition != null && !definition.isBlank()) {
                definitions.put(name(database, row), definition);
            }
        });
        for (CatalogObject view : views) {
            if (!definitions.containsKey(view.name())) {
                ddl(session, view).ifPresent(text -> definitions.put(view.name(), text));
            }
        }
        return heads.stream()
                .map(head -> new CatalogObject(
                        head.name(),
                        head.kind(),
                        columns.getOrDefault(head.name(), List.of()),
                        Optional.ofNullable(definitions.get(head.name())).map(ViewQuery::of),
                        head.tags(),
                        head.rows(),
                        head.bytes(),
                        head.changedAt(),
                        head.seenAt()))
                .toList();
    }

    private static boolean hasDefinition(CatalogObject head) {
        return head.kind() == ObjectKind.VIEW
                || head.kind() == ObjectKind.MATERIALIZED_VIEW
                || head.kind() == ObjectKind.DYNAMIC_TABLE;
    }

    /** The text that INFORMATION_SCHEMA does not show; a definition that may not be read stays missing. */
    private static Optional<String> ddl(SnowflakeSession session, CatalogObject view) throws SQLException {
        String type = view.kind() == ObjectKind.DYNAMIC_TABLE ? "DYNAMIC_TABLE" : "VIEW";
        String name = SnowflakeNames.quoted(view.name()).replace("\\", "\\\\").replace("'", "''");
        List<String> found = new ArrayList<>();
        try {
            session.each(DDL.formatted(type, name), List.of(), row -> {
                String text = row.getString(1);
                if (text != null && !text.isBlank()) {
                    found.add(text);
                }
            });
        } catch (SQLException refused) {
            String state = refused.getSQLState();
            if (state == null || !(state.startsWith("02") || state.startsWith("42"))) {
                throw refused;
            }
        }
        return found.stream().findFirst();
    }

    private static void each(
            SnowflakeSession session,
            String query,
            String database,
            List<CatalogObject> objects,
            SnowflakeSession.Row consumer)
            throws SQLException {
        if (objects.size() > ONE_BY_ONE) {
            session.each(query.formatted(database, "true"), List.of(), consumer);
            return;
        }
        for (int i = 0; i < objects.size(); i += AT_A_TIME) {
            List<CatalogObject> some = objects.subList(i, Math.min(objects.size(), i + AT_A_TIME));
            List<String> bound = new ArrayList<>();
            some.forEach(object -> {
                bound.add(object.name().schema());
                bound.add(object.name().name());
            });
            session.each(
                    query.formatted(
                            database,
                            String.join(
                                    " or ", Collections.nCopies(some.size(), "table_schema = ? and table_name = ?"))),
                    bound,
                    consumer);
        }
    }

    private static ObjectName name(String database, ResultSet row) throws SQLException {
        return new ObjectName(database, row.getString(1), row.getString(2));
    }
}

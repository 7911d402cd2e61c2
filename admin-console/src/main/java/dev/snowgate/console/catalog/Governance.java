package dev.snowgate.console.catalog;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Tags;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tags and masking policies of a whole account, from ACCOUNT_USAGE. Its views lag behind by up to two hours; objects that
 * were changed or are new are asked for again by the table functions of INFORMATION_SCHEMA, which do not.
 */
final class Governance {
    private static final String TAGS = """
            select object_database, object_schema, object_name, domain, column_name, tag_name, tag_value
            from snowflake.account_usage.tag_references where object_deleted is null
            """;
    private static final String POLICIES = """
            select ref_database_name, ref_schema_name, ref_entity_name, ref_column_name, policy_db, policy_schema, policy_name
            from snowflake.account_usage.policy_references where policy_kind = 'MASKING_POLICY' and ref_column_name is not null
            """;
    private static final String TAGS_OF_OBJECT = """
            select object_database, object_schema, object_name, level, column_name, tag_name, tag_value
            from table("%s".information_schema.tag_references_all_columns(?, 'table'))
            """;
    private static final String POLICIES_OF_OBJECT = """
            select ref_database_name, ref_schema_name, ref_entity_name, ref_column_name, policy_db, policy_schema, policy_name
            from table("%s".information_schema.policy_references(ref_entity_name => ?, ref_entity_domain => '%s'))
            where policy_kind = 'MASKING_POLICY' and ref_column_name is not null
            """;
    private final Map<String, Map<String, String>> databases = new HashMap<>();
    private final Map<ObjectName, Map<String, String>> schemas = new HashMap<>();
    private final Map<ObjectName, Map<String, String>> objects = new HashMap<>();
    private final Map<ColumnName, Map<String, String>> columns = new HashMap<>();
    private final Map<ColumnName, String> policies = new HashMap<>();
    private final boolean asked;

    private Governance(boolean asked) {
        this.asked = asked;
    }

    /** Of an account whose tags and policies are not to be read. */
    static Governance none() {
        return new Governance(false);
    }

    static Governance read(SnowflakeSession session) throws SQLException {
        Governance governance = new Governance(true);
        session.each(TAGS, List.of(), governance::tag);
        session.each(POLICIES, List.of(), governance::policy);
        return governance;
    }

    /** Asks about one object as it is at this moment. */
    void refresh(SnowflakeSession session, CatalogObject object) throws SQLException {
        if (!asked) {
            return;
        }
        ObjectName name = object.name();
        columns.keySet().removeIf(column -> column.object().equals(name));
        policies.keySet().removeIf(column -> column.object().equals(name));
        List<String> bound = List.of(SnowflakeNames.quoted(name));
        String database = name.database();
        session.each(TAGS_OF_OBJECT.formatted(database), bound, row -> {
            // the function also tells of tags that a column inherits; those are kept where they were set
            if ("COLUMN".equals(row.getString(4))) {
                tag(row);
            }
        });
        String domain = switch (object.kind()) {
            case VIEW, MATERIALIZED_VIEW -> "view";
            default -> "table";
        };
        session.each(POLICIES_OF_OBJECT.formatted(database, domain), bound, this::policy);
    }

    private void tag(ResultSet row) throws SQLException {
        String database = text(row, 1);
        ObjectName object = new ObjectName(database, text(row, 2), text(row, 3));
        String name = text(row, 6);
        String value = text(row, 7);
        switch (text(row, 4)) {
            case "DATABASE" ->
                databases
                        .computeIfAbsent(object.name().isEmpty() ? database : object.name(), key -> new HashMap<>())
                        .put(name, value);
            case "SCHEMA" ->
                schemas.computeIfAbsent(
                                new ObjectName(database, object.name().isEmpty() ? object.schema() : object.name(), ""),
                                key -> new HashMap<>())
                        .put(name, value);
            case "COLUMN" ->
                columns.computeIfAbsent(new ColumnName(object, text(row, 5)), key -> new HashMap<>())
                        .put(name, value);
            default -> objects.computeIfAbsent(object, key -> new HashMap<>()).put(name, value);
        }
    }

    private void policy(ResultSet row) throws SQLException {
        policies.put(
                new ColumnName(new ObjectName(text(row, 1), text(row, 2), text(row, 3)), text(row, 4)),
                text(row, 5) + "." + text(row, 6) + "." + text(row, 7));
    }

    private static String text(ResultSet row, int column) throws SQLException {
        @Nullable String value = row.getString(column);
        return value == null ? "" : value;
    }

    /** The object with its tags, those of its schema and database included, and its columns' tags and policies. */
    CatalogObject governed(CatalogObject object) {
        if (!asked || object.kind() == dev.snowgate.catalog.ObjectKind.STAGE) {
            // the tags of a stage say where it leads to, and nobody may add to them
            return object;
        }
        ObjectName name = object.name();
        Map<String, String> tags = new HashMap<>(databases.getOrDefault(name.database(), Map.of()));
        tags.putAll(schemas.getOrDefault(new ObjectName(name.database(), name.schema(), ""), Map.of()));
        tags.putAll(objects.getOrDefault(name, Map.of()));
        Set<String> texts = new HashSet<>(Tags.of(tags));
        if (object.kind() == dev.snowgate.catalog.ObjectKind.FUNCTION
                || object.kind() == dev.snowgate.catalog.ObjectKind.PROCEDURE) {
            texts.addAll(object.tags());
        }
        List<CatalogColumn> governed = object.columns().stream()
                .map(column -> {
                    ColumnName columnName = new ColumnName(name, column.name());
                    return column.withGovernance(
                            Tags.of(columns.getOrDefault(columnName, Map.of())),
                            Optional.ofNullable(policies.get(columnName)));
                })
                .toList();
        return new CatalogObject(
                name,
                object.kind(),
                governed,
                object.definition(),
                texts,
                object.rows(),
                object.bytes(),
                object.changedAt(),
                object.seenAt(),
                object.routine());
    }
}

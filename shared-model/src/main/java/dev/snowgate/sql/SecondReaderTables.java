package dev.snowgate.sql;

import dev.snowgate.sql.syntax.Name;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.sf.jsqlparser.parser.Node;
import net.sf.jsqlparser.parser.Token;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.WithItem;

/**
 * The tables in a tree of JSqlParser. It walks the fields of the nodes and not a list of node classes: a visitor that does not know a node overlooks
 * what is below it, and JSqlParser's own finder overlooks windows, REPLACE and time travel. Common tables hide a name only where they are visible.
 */
final class SecondReaderTables {
    private static final String NODES = "net.sf.jsqlparser.";
    private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
            List<Field> fields = new ArrayList<>();
            for (Class<?> c = type; c != null && c.getName().startsWith(NODES); c = c.getSuperclass()) {
                for (Field field : c.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers()) && canHoldNodes(field.getType())) {
                        field.setAccessible(true);
                        fields.add(field);
                    }
                }
            }
            return fields;
        }
    };

    private final List<List<Name>> tables = new ArrayList<>();

    private SecondReaderTables() {}

    /** The tables in order, as written; nothing if the tree could not be walked. */
    static Optional<List<List<Name>>> of(Statement statement) {
        SecondReaderTables walk = new SecondReaderTables();
        try {
            walk.node(statement, Set.of());
        } catch (IllegalAccessException | RuntimeException | StackOverflowError noOpinion) {
            return Optional.empty();
        }
        return Optional.of(walk.tables);
    }

    private static boolean canHoldNodes(Class<?> type) {
        return !type.isPrimitive()
                && !type.isEnum()
                && type != String.class
                && type != Boolean.class
                && !Number.class.isAssignableFrom(type)
                && !Node.class.isAssignableFrom(type)
                && !Token.class.isAssignableFrom(type);
    }

    private void value(Object value, Set<String> common) throws IllegalAccessException {
        if (value instanceof Map<?, ?> map) {
            value(map.keySet(), common);
            value(map.values(), common);
        } else if (value instanceof Map.Entry<?, ?> entry) {
            part(entry.getKey(), common);
            part(entry.getValue(), common);
        } else if (value instanceof Object[] array) {
            for (Object element : array) {
                part(element, common);
            }
        } else {
            if (value instanceof Collection<?> elements) {
                for (Object element : elements) {
                    part(element, common);
                }
            }
            if (value.getClass().getName().startsWith(NODES)
                    && !value.getClass().isEnum()) {
                node(value, common);
            }
        }
    }

    private void part(@org.jspecify.annotations.Nullable Object value, Set<String> common)
            throws IllegalAccessException {
        if (value != null) {
            value(value, common);
        }
    }

    private void node(Object node, Set<String> common) throws IllegalAccessException {
        if (node instanceof Table table) {
            table(table, common);
        }
        Set<String> visible = common;
        for (Field field : FIELDS.get(node.getClass())) {
            if (field.getName().equals("withItemsList") && field.get(node) instanceof List<?> items) {
                visible = with(items, visible);
            }
        }
        for (Field field : FIELDS.get(node.getClass())) {
            // the table of a column or of a star is an alias, and common tables were read above
            boolean qualifier =
                    (node instanceof Column || node instanceof AllTableColumns) && Table.class == field.getType();
            if (!qualifier
                    && !field.getName().equals("withItemsList")
                    && !field.getName().equals("resolvedTable")) {
                part(field.get(node), visible);
            }
        }
    }

    private Set<String> with(List<?> items, Set<String> before) throws IllegalAccessException {
        Set<String> visible = new HashSet<>(before);
        for (Object each : items) {
            WithItem<?> item = (WithItem<?>) each;
            String name = item.getAlias() == null ? "" : folded(item.getAlias().getName());
            Set<String> inside = visible;
            if (item.getSelect() != null && item.getSelect().getSelect() instanceof SetOperationList) {
                // a later branch may mean the common table itself
                inside = new HashSet<>(visible);
                inside.add(name);
            }
            node(item, inside);
            visible.add(name);
        }
        return visible;
    }

    private void table(Table table, Set<String> common) {
        List<Name> parts = new ArrayList<>();
        String database =
                table.getDatabase() == null ? null : table.getDatabase().getDatabaseName();
        if (database != null && !database.isEmpty()) {
            parts.add(name(database));
        }
        if (table.getSchemaName() != null && !table.getSchemaName().isEmpty()) {
            parts.add(name(table.getSchemaName()));
        } else if (!parts.isEmpty()) {
            parts.add(new Name("", true, -1));
        }
        if (table.getName() == null || table.getName().isEmpty()) {
            return;
        }
        parts.add(name(table.getName()));
        if (parts.size() > 1 || !common.contains(folded(table.getName()))) {
            tables.add(parts);
        }
    }

    private static Name name(String written) {
        boolean quoted = written.length() > 1 && written.startsWith("\"") && written.endsWith("\"");
        return new Name(
                quoted ? written.substring(1, written.length() - 1).replace("\"\"", "\"") : written, quoted, -1);
    }

    /** Common tables are compared without the session's rules for quotes: a name too many hidden only weakens this witness. */
    private static String folded(String written) {
        return name(written).value().toUpperCase(java.util.Locale.ROOT);
    }
}

package dev.snowgate.sql;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.syntax.Expr;
import dev.snowgate.sql.syntax.Keywords;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.SyntaxProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Views of INFORMATION_SCHEMA and SNOWFLAKE.ACCOUNT_USAGE: their metadata class and their columns, from the list beside this class. */
final class MetadataViews {
    private record View(String metadataClass, List<String> columns) {}

    private static final Map<String, View> VIEWS = read();

    private MetadataViews() {}

    private static Map<String, View> read() {
        Map<String, View> views = new HashMap<>();
        for (String line : Resources.lines("metadata-views.txt")) {
            String[] parts = line.split("\\s+", 3);
            views.put(parts[0], new View(parts[1], List.of(parts[2].split("\\s+"))));
        }
        return views;
    }

    /** The rows of a metadata view, or nothing if the name is none. */
    static @Nullable Rows find(List<Name> parts, Namespace names, Facts facts) {
        if (parts.size() < 2) {
            boolean inside = names.context()
                    .schema()
                    .filter(s -> s.equals("INFORMATION_SCHEMA") || s.equals("ACCOUNT_USAGE"))
                    .isPresent();
            if (!inside || parts.size() != 1) {
                return null;
            }
        }
        ObjectName name = names.object(parts);
        boolean information = name.schema().equals("INFORMATION_SCHEMA");
        boolean account = name.database().equals("SNOWFLAKE") && !information;
        if (!information && !account) {
            return null;
        }
        CatalogObject catalogued = names.find(name).orElse(null);
        String key = (information ? "INFORMATION_SCHEMA." : "ACCOUNT_USAGE.") + name.name();
        View view = VIEWS.get(key);
        if (view == null) {
            view = VIEWS.get("*." + name.name());
        }
        facts.object(name, ObjectKind.VIEW, Effect.READ, true);
        facts.effects.add(Effect.METADATA);
        facts.flag("metadata:" + (view == null ? "history" : view.metadataClass()));
        if (view == null && catalogued == null) {
            Name last = parts.getLast();
            if (!last.quoted() && Keywords.isKeyword(names.fold(last))) {
                throw new SyntaxProblem(
                        "keyword as a name", "A keyword stands where a view is named.", "Name a view.", last.at());
            }
            return Rows.unknown(Taint.UNKNOWN).named(name.name());
        }
        List<Rows.Column> columns = new ArrayList<>();
        if (catalogued != null && !catalogued.columns().isEmpty()) {
            catalogued
                    .columns()
                    .forEach(c -> columns.add(FromLineage.bare(new dev.snowgate.catalog.ColumnName(name, c.name()))));
        } else if (view != null) {
            view.columns().forEach(c -> columns.add(FromLineage.bare(new dev.snowgate.catalog.ColumnName(name, c))));
        }
        return new Rows(name.name(), name, columns);
    }

    /** The rows of a table function of INFORMATION_SCHEMA, or nothing if the name is none. */
    static @Nullable Rows function(Expr.Call call, Facts facts) {
        List<Name> parts = call.name();
        if (!parts.get(parts.size() - 2).value().equalsIgnoreCase("INFORMATION_SCHEMA")) {
            return null;
        }
        View view = VIEWS.get("FUNCTION." + parts.getLast().value().toUpperCase(Locale.ROOT));
        facts.effects.add(Effect.METADATA);
        if (view == null) {
            facts.flag("metadata:history");
            return Rows.unknown(Taint.UNKNOWN);
        }
        facts.flag("metadata:" + view.metadataClass());
        return TableFunctions.columns(view.columns().toArray(String[]::new));
    }
}

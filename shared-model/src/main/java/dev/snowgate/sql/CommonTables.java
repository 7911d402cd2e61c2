package dev.snowgate.sql;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Common table expressions that are visible; a qualified name is never one of them. */
final class CommonTables {
    static final CommonTables NONE = new CommonTables(null);

    private final @Nullable CommonTables outer;
    private final Map<String, Rows> tables = new HashMap<>();

    CommonTables(@Nullable CommonTables outer) {
        this.outer = outer;
    }

    void put(String name, Rows rows) {
        tables.put(name, rows);
    }

    @Nullable
    Rows find(String name) {
        Rows found = tables.get(name);
        return found != null || outer == null ? found : outer.find(name);
    }
}

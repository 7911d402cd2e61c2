package dev.snowgate.console.catalog;

import dev.snowgate.catalog.ObjectName;

/** Names in texts that we send ourselves. */
final class SnowflakeNames {
    private SnowflakeNames() {}

    /** The full name, each part quoted. */
    static String quoted(ObjectName name) {
        return quoted(name.database()) + "." + quoted(name.schema()) + "." + quoted(name.name());
    }

    static String quoted(String part) {
        return '"' + part.replace("\"", "\"\"") + '"';
    }
}

package dev.snowgate.emulator.sql;

import dev.snowgate.emulator.Refused;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A name of up to three parts, completed by a current database and schema.
 *
 * @param end index of the first token behind the name
 */
public record Names(@Nullable String database, @Nullable String schema, String name, int end) {

    /** Reads a name at an index and completes it. */
    public static Names read(List<Token> tokens, int at, @Nullable String database, @Nullable String schema) {
        List<String> parts = parts(tokens, at);
        int end = at + parts.size() * 2 - 1;
        return switch (parts.size()) {
            case 0 -> throw new Refused("001003", "42000", "SQL compilation error:\nsyntax error: a name is missing.");
            case 1 -> new Names(database, schema, parts.get(0), end);
            case 2 -> new Names(database, parts.get(0), parts.get(1), end);
            default -> new Names(parts.get(0), parts.get(1), parts.get(2), end);
        };
    }

    /** The parts of a name; {@code db..name} is not supported. */
    public static List<String> parts(List<Token> tokens, int at) {
        List<String> parts = new ArrayList<>();
        int i = at;
        while (i < tokens.size() && tokens.get(i).isName()) {
            parts.add(tokens.get(i).text());
            if (i + 2 < tokens.size() && tokens.get(i + 1).is(".") && parts.size() < 3) {
                i += 2;
            } else {
                break;
            }
        }
        return parts;
    }

    public static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The full name as DuckDB reads it. */
    public String render() {
        StringBuilder text = new StringBuilder();
        if (database != null) {
            text.append(quote(database)).append('.');
        }
        if (schema != null) {
            text.append(quote(schema)).append('.');
        }
        return text.append(quote(name)).toString();
    }

    /** The full name as a person reads it. */
    public String display() {
        return (database == null ? "" : database + ".") + (schema == null ? "" : schema + ".") + name;
    }
}

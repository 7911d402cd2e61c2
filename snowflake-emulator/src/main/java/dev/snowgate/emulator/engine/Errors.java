package dev.snowgate.emulator.engine;

import dev.snowgate.emulator.Refused;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** DuckDB's errors as the ones Snowflake would give. */
final class Errors {
    private static final Pattern NAME = Pattern.compile("(?:with name|column|function with name) \"?([^\"!\\s]+)\"?");

    private Errors() {}

    static Refused cancelled() {
        return new Refused("000604", "57014", "SQL execution canceled");
    }

    static Refused translate(SQLException error) {
        String text = error.getMessage() == null ? "" : error.getMessage();
        String lower = text.toLowerCase(Locale.ROOT);
        Matcher named = NAME.matcher(text);
        String name = named.find() ? named.group(1).toUpperCase(Locale.ROOT) : "";
        if (lower.contains("interrupt")) {
            return cancelled();
        } else if (lower.contains("already exists")) {
            return new Refused("002002", "42710", "SQL compilation error:\nObject '" + name + "' already exists.");
        } else if (lower.contains("catalog error") && lower.contains("function")) {
            return new Refused("002140", "42601", "SQL compilation error:\nUnknown function " + name);
        } else if (lower.contains("catalog error")) {
            return new Refused(
                    "002003",
                    "42S02",
                    "SQL compilation error:\nObject '" + name + "' does not exist or not authorized.");
        } else if (lower.contains("binder error") && lower.contains("column")) {
            return new Refused(
                    "000904",
                    "42000",
                    "SQL compilation error: error line 1 at position -1\ninvalid identifier '" + name + "'");
        } else if (lower.contains("parser error")) {
            return new Refused(
                    "001003", "42000", "SQL compilation error:\nsyntax error line 1 at position 0. " + firstLine(text));
        } else if (lower.contains("not null constraint")) {
            return new Refused("100072", "22000", "NULL result in a non-nullable column");
        } else if (lower.contains("conversion error") || lower.contains("could not convert")) {
            return new Refused("100038", "22018", "Numeric value or text can't be converted: " + firstLine(text));
        } else if (lower.contains("division by zero")) {
            return new Refused("100051", "22012", "Division by zero");
        }
        return new Refused("001007", "22000", "SQL compilation error:\n" + firstLine(text));
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}

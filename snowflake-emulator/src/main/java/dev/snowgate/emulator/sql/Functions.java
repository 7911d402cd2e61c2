package dev.snowgate.emulator.sql;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Snowflake functions whose DuckDB form is another one. Arguments and results are DuckDB text. */
final class Functions {
    private static final Map<String, Function<List<String>, @Nullable String>> FORMS = new HashMap<>();

    private Functions() {}

    /** The DuckDB form of a call, or null when the call stays as it is. */
    static @Nullable String translate(String name, List<String> arguments) {
        Function<List<String>, @Nullable String> form = FORMS.get(name);
        return form == null ? null : form.apply(arguments);
    }

    private static void rename(String from, String to) {
        FORMS.put(from, a -> to + "(" + String.join(", ", a) + ")");
    }

    static {
        FORMS.put("IFF", a -> "(CASE WHEN " + a.get(0) + " THEN " + a.get(1) + " ELSE " + a.get(2) + " END)");
        rename("NVL", "COALESCE");
        rename("IFNULL", "COALESCE");
        FORMS.put(
                "NVL2",
                a -> "(CASE WHEN (" + a.get(0) + ") IS NOT NULL THEN " + a.get(1) + " ELSE " + a.get(2) + " END)");
        FORMS.put("ZEROIFNULL", a -> "COALESCE(" + a.get(0) + ", 0)");
        FORMS.put("NULLIFZERO", a -> "NULLIF(" + a.get(0) + ", 0)");
        FORMS.put("EQUAL_NULL", a -> "(" + a.get(0) + " IS NOT DISTINCT FROM " + a.get(1) + ")");
        FORMS.put(
                "DIV0",
                a -> "(CASE WHEN (" + a.get(1) + ") = 0 THEN 0 ELSE (" + a.get(0) + ") / (" + a.get(1) + ") END)");
        for (String name : List.of("TO_VARCHAR", "TO_CHAR")) {
            FORMS.put(
                    name,
                    a -> a.size() == 1
                            ? "CAST(" + a.get(0) + " AS VARCHAR)"
                            : "strftime(" + a.get(0) + ", " + format(a.get(1)) + ")");
        }
        for (String name : List.of("TO_NUMBER", "TO_DECIMAL", "TO_NUMERIC")) {
            FORMS.put(
                    name,
                    a -> a.size() >= 3
                            ? "CAST(" + a.get(0) + " AS DECIMAL(" + a.get(a.size() - 2) + "," + a.get(a.size() - 1)
                                    + "))"
                            : "CAST(" + a.get(0) + " AS DECIMAL(" + (a.size() == 2 ? a.get(1) : "38") + ",0))");
            FORMS.put("TRY_" + name, a -> "TRY_CAST(" + a.get(0) + " AS DECIMAL(38,0))");
        }
        cast("TO_DOUBLE", "DOUBLE");
        cast("TO_BOOLEAN", "BOOLEAN");
        cast("TO_DATE", "DATE");
        cast("DATE", "DATE");
        cast("TO_TIME", "TIME");
        cast("TO_TIMESTAMP", "TIMESTAMP");
        cast("TO_TIMESTAMP_NTZ", "TIMESTAMP");
        cast("TO_TIMESTAMP_LTZ", "TIMESTAMPTZ");
        cast("TO_TIMESTAMP_TZ", "TIMESTAMPTZ");
        FORMS.put(
                "TO_BINARY",
                a -> a.size() == 1 || a.get(1).equalsIgnoreCase("'HEX'")
                        ? "unhex(" + a.get(0) + ")"
                        : a.get(0) + "::BLOB");
        FORMS.put("HEX_ENCODE", a -> "hex(" + a.get(0) + ")");
        FORMS.put("DATEADD", a -> "(" + a.get(2) + " + to_" + part(a.get(0)) + "s(" + whole(a) + "))");
        FORMS.put("TIMESTAMPADD", a -> translate("DATEADD", a));
        FORMS.put(
                "DATEDIFF",
                a -> "date_diff('" + part(a.get(0)) + "', " + moment(a.get(1)) + ", " + moment(a.get(2)) + ")");
        FORMS.put("TIMESTAMPDIFF", a -> translate("DATEDIFF", a));
        FORMS.put("DATE_TRUNC", a -> "date_trunc('" + part(a.get(0)) + "', " + a.get(1) + ")");
        FORMS.put("DATE_PART", a -> "date_part('" + part(a.get(0)) + "', " + a.get(1) + ")");
        FORMS.put("CURRENT_TIMESTAMP", a -> "now()");
        FORMS.put("LOCALTIMESTAMP", a -> "now()");
        FORMS.put("GETDATE", a -> "now()");
        FORMS.put("SYSDATE", a -> "(now() AT TIME ZONE 'UTC')");
        FORMS.put("CURRENT_DATE", a -> "current_date");
        FORMS.put("CURRENT_TIME", a -> "CAST(now() AS TIME)");
        FORMS.put("PARSE_JSON", a -> "CAST(" + a.get(0) + " AS JSON)");
        FORMS.put("TRY_PARSE_JSON", a -> "TRY_CAST(" + a.get(0) + " AS JSON)");
        FORMS.put("TO_JSON", a -> "CAST(" + a.get(0) + " AS VARCHAR)");
        FORMS.put("TO_VARIANT", a -> "to_json(" + a.get(0) + ")");
        FORMS.put("TO_OBJECT", a -> "to_json(" + a.get(0) + ")");
        FORMS.put("TO_ARRAY", a -> "to_json([" + a.get(0) + "])");
        rename("OBJECT_CONSTRUCT", "json_object");
        rename("ARRAY_CONSTRUCT", "json_array");
        FORMS.put("ARRAY_SIZE", a -> "json_array_length(to_json(" + a.get(0) + "))");
        FORMS.put("GET_PATH", a -> "(" + a.get(0) + " -> ('$.' || " + a.get(1) + "))");
        FORMS.put("OBJECT_KEYS", a -> "to_json(json_keys(" + a.get(0) + "))");
        FORMS.put("TYPEOF", a -> "json_type(to_json(" + a.get(0) + "))");
        rename("STARTSWITH", "starts_with");
        rename("ENDSWITH", "ends_with");
        FORMS.put("CHARINDEX", a -> "instr(" + a.get(1) + ", " + a.get(0) + ")");
        FORMS.put("POSITION", a -> a.size() == 2 ? "instr(" + a.get(1) + ", " + a.get(0) + ")" : null);
        FORMS.put("REGEXP_LIKE", a -> "regexp_full_match(" + a.get(0) + ", " + a.get(1) + ")");
        FORMS.put("RLIKE", a -> "regexp_full_match(" + a.get(0) + ", " + a.get(1) + ")");
        FORMS.put("REGEXP_SUBSTR", a -> "regexp_extract(" + a.get(0) + ", " + a.get(1) + ")");
        FORMS.put(
                "REGEXP_REPLACE",
                a -> "regexp_replace(" + a.get(0) + ", " + a.get(1) + ", " + (a.size() > 2 ? a.get(2) : "''")
                        + ", 'g')");
        FORMS.put("SHA2", a -> "sha256(" + a.get(0) + ")");
        rename("SHA2_HEX", "sha256");
        rename("MD5_HEX", "md5");
        FORMS.put("UUID_STRING", a -> "CAST(uuid() AS VARCHAR)");
        FORMS.put("RANDOM", a -> "CAST((random() - 0.5) * 9e18 AS BIGINT)");
        FORMS.put(
                "UNIFORM",
                a -> "CAST(floor(random() * (" + a.get(1) + " - " + a.get(0) + " + 1)) + " + a.get(0) + " AS BIGINT)");
        FORMS.put(
                "RANDSTR",
                a -> "left(md5(CAST(random() AS VARCHAR)) || md5(CAST(random() AS VARCHAR)), " + a.get(0) + ")");
        for (String name : List.of("SEQ1", "SEQ2", "SEQ4", "SEQ8")) {
            FORMS.put(name, a -> "(row_number() OVER () - 1)");
        }
        FORMS.put("APPROX_COUNT_DISTINCT", a -> "count(DISTINCT " + a.get(0) + ")");
        FORMS.put("BOOLAND_AGG", a -> "bool_and(" + a.get(0) + ")");
        FORMS.put("BOOLOR_AGG", a -> "bool_or(" + a.get(0) + ")");
        FORMS.put("OBJECT_AGG", a -> "json_group_object(" + a.get(0) + ", " + a.get(1) + ")");
        FORMS.put("LISTAGG", a -> "string_agg(" + a.get(0) + ", " + (a.size() > 1 ? a.get(1) : "''") + ")");
        FORMS.put("SQUARE", a -> "power(" + a.get(0) + ", 2)");
    }

    private static void cast(String name, String type) {
        FORMS.put(name, a -> "CAST(" + a.get(0) + " AS " + type + ")");
        FORMS.put("TRY_" + name, a -> "TRY_CAST(" + a.get(0) + " AS " + type + ")");
    }

    private static String part(String text) {
        String name = text.replace("'", "").replace("\"", "").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "yy", "yyyy", "y", "years", "yr" -> "year";
            case "mm", "mon", "mons", "months" -> "month";
            case "dd", "d", "days" -> "day";
            case "hh", "h", "hours" -> "hour";
            case "mi", "m", "minutes", "min" -> "minute";
            case "ss", "s", "seconds", "sec" -> "second";
            case "ms", "milliseconds" -> "millisecond";
            case "wk", "w", "weeks" -> "week";
            case "q", "qtr", "quarters" -> "quarter";
            default -> name;
        };
    }

    private static String whole(List<String> a) {
        return "CAST(" + a.get(1) + " AS INTEGER)" + (part(a.get(0)).equals("quarter") ? " * 1" : "");
    }

    private static String moment(String text) {
        return text.startsWith("'") ? "CAST(" + text + " AS TIMESTAMP)" : text;
    }

    private static String format(String literal) {
        return literal.replace("YYYY", "%Y")
                .replace("yyyy", "%Y")
                .replace("MM", "%m")
                .replace("DD", "%d")
                .replace("dd", "%d")
                .replace("HH24", "%H")
                .replace("MI", "%M")
                .replace("SS", "%S")
                .replace("MON", "%b");
    }
}

package dev.snowgate.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makers of texts that are small and could take a reader for ever, each of any size. */
final class PathologicalTexts {
    static final Map<String, IntFunction<String>> MAKERS = makers();

    private PathologicalTexts() {}

    private static Map<String, IntFunction<String>> makers() {
        Map<String, IntFunction<String>> makers = new LinkedHashMap<>();
        makers.put("nested brackets", n -> "SELECT " + around("(", "1", ")", n));
        makers.put("nested subqueries", n -> "SELECT " + around("(SELECT ", "1", ")", n));
        makers.put("nested subqueries with operators", n -> "SELECT " + around("((SELECT 1) + ", "1", ")", n));
        makers.put("nested derived tables", n -> "SELECT * FROM " + around("(SELECT * FROM ", "orders", ")", n));
        makers.put("nested sources in brackets", n -> "SELECT * FROM " + around("(", "orders", ")", n));
        makers.put(
                "nested derived tables, each used twice",
                n -> "SELECT * FROM " + around("(SELECT a.*, b.* FROM orders a, ", "orders", " b)", n));
        makers.put("nested joins", n -> "SELECT * FROM " + around("(orders JOIN ", "orders", " ON 1 = 1)", n));
        makers.put("deep case", n -> "SELECT " + around("CASE WHEN 1 = 1 THEN ", "1", " END", n));
        makers.put("deep case in conditions", n -> "SELECT " + around("CASE WHEN ", "1 = 1", " THEN TRUE END", n));
        makers.put("nested calls", n -> "SELECT " + around("COALESCE(id, ", "1", ")", n) + " FROM orders");
        makers.put("nested unknown calls", n -> "SELECT " + around("f(", "1", ")", n));
        makers.put("nested lambdas", n -> "SELECT " + around("TRANSFORM([1], x -> ", "x", ")", n));
        makers.put("chained lambdas", n -> "SELECT " + "x -> ".repeat(n) + "1");
        makers.put("nested arrays", n -> "SELECT " + around("[", "1", "]", n));
        makers.put("nested objects", n -> "SELECT " + around("{'a': ", "1", "}", n));
        makers.put("nested subscripts", n -> "SELECT " + around("id[", "0", "]", n) + " FROM orders");
        makers.put("unclosed brackets", n -> "SELECT " + "(".repeat(n));
        makers.put("unclosed calls", n -> "SELECT " + "f(1, ".repeat(n));
        makers.put("unclosed cases", n -> "SELECT " + "CASE WHEN ".repeat(n));
        makers.put("unclosed subqueries", n -> "SELECT * FROM " + "(SELECT * FROM ".repeat(n));
        makers.put("brackets of all kinds", n -> "SELECT " + "([{".repeat(n) + "}])".repeat(n));
        makers.put("chain of set operations", n -> "SELECT id FROM orders" + " UNION SELECT id FROM orders".repeat(n));
        makers.put(
                "chain of wide set operations",
                n -> "SELECT * FROM orders" + " UNION ALL SELECT * FROM orders".repeat(n));
        makers.put("nested set operations", n -> around("(SELECT 1 UNION ", "SELECT 1", ")", n));
        makers.put(
                "expressions used twice",
                n -> "WITH a0 AS (SELECT * FROM orders)"
                        + each(n, i -> ", a" + (i + 1) + " AS (SELECT x.id FROM a" + i + " x, a" + i + " y)")
                        + " SELECT * FROM a" + n);
        makers.put(
                "wide expressions used twice",
                n -> "WITH a0 AS (SELECT * FROM orders)"
                        + each(n, i -> ", a" + (i + 1) + " AS (SELECT x.*, y.* FROM a" + i + " x, a" + i + " y)")
                        + " SELECT * FROM a" + n);
        makers.put("nested WITH", n -> around("WITH a AS (", "SELECT 1 AS x", ") SELECT * FROM a", n));
        makers.put(
                "recursive expressions",
                n -> "WITH RECURSIVE "
                        + IntStream.range(0, n)
                                .mapToObj(i ->
                                        "r" + i + " AS (SELECT id, id AS b FROM " + (i == 0 ? "orders" : "r" + (i - 1))
                                                + " UNION ALL SELECT b, id FROM r" + i + ")")
                                .collect(Collectors.joining(", "))
                        + " SELECT * FROM r" + (n - 1));
        makers.put(
                "nested recursion",
                n -> around(
                        "WITH RECURSIVE r AS (SELECT 1 AS a UNION ALL SELECT a FROM r, (",
                        "SELECT 1 AS b",
                        ")) SELECT a FROM r",
                        n));
        makers.put("stars of many joins", n -> "SELECT * FROM orders" + " CROSS JOIN orders".repeat(n));
        makers.put("natural joins", n -> "SELECT * FROM orders" + " NATURAL JOIN orders".repeat(n));
        makers.put("stars beside each other", n -> "SELECT " + "o.*, ".repeat(n) + "1 FROM orders o");
        makers.put(
                "aliases that wait for each other",
                n -> "SELECT " + each(n, i -> "c" + (i + 1) + " AS c" + i + ", ") + "1 AS c" + n);
        makers.put(
                "aliases that wait in vain", n -> "SELECT " + each(n, i -> "c" + (i + 1) + " AS c" + i + ", ") + "1");
        makers.put("long list", n -> "SELECT id FROM orders WHERE id IN (1" + ", 1".repeat(n * 50) + ")");
        makers.put("long list of texts", n -> "SELECT id FROM orders WHERE id IN ('a'" + ", 'a'".repeat(n * 50) + ")");
        makers.put("list of subqueries", n -> "SELECT id FROM orders WHERE id IN (1" + ", (SELECT 1)".repeat(n) + ")");
        makers.put("conditions", n -> "SELECT id FROM orders WHERE id = 1" + " AND id = 1".repeat(n));
        makers.put("negations", n -> "SELECT " + "NOT ".repeat(n) + "TRUE");
        makers.put("signs", n -> "SELECT " + "- ".repeat(n) + "1");
        makers.put("casts", n -> "SELECT 1" + "::INT".repeat(n));
        makers.put("paths", n -> "SELECT id" + ":a".repeat(n) + " FROM orders");
        makers.put("dotted paths", n -> "SELECT id:a" + ".a".repeat(n) + " FROM orders");
        makers.put("subscripts", n -> "SELECT id" + "[0]".repeat(n) + " FROM orders");
        makers.put("subscripts and fields", n -> "SELECT id" + "[0].a".repeat(n) + " FROM orders");
        makers.put("long names", n -> "SELECT a" + ".a".repeat(n));
        makers.put("pattern chains", n -> "SELECT id" + " LIKE id".repeat(n) + " FROM orders");
        makers.put("between chains", n -> "SELECT id" + " BETWEEN id AND id".repeat(n) + " FROM orders");
        makers.put(
                "windows of windows",
                n -> "SELECT " + around("SUM(", "id", ") OVER (ORDER BY id)", Math.min(n, 90)) + " FROM orders");
        makers.put(
                "pivots",
                n -> "SELECT * FROM "
                        + around("(SELECT * FROM ", "orders", ") PIVOT(MAX(id) FOR status IN ('a', 'b'))", n));
        makers.put("flows", n -> "SELECT 1" + " ->> SELECT * FROM $1".repeat(n));
        makers.put("steps used twice", n -> "SELECT * FROM orders" + " ->> SELECT * FROM $1 a, $1 b".repeat(n));
        makers.put("nested blocks", n -> around("BEGIN ", "SELECT 1;", " END;", n));
        makers.put(
                "variables that pass values on",
                n -> "DECLARE " + each(n, i -> "v" + i + " INT; ") + "BEGIN v0 := (SELECT MAX(id) FROM orders); "
                        + each(n - 1, i -> "v" + (n - 1 - i) + " := v" + (n - 2 - i) + "; ") + "RETURN v" + (n - 1)
                        + "; END");
        makers.put("literals in literals", n -> {
            String text = "SELECT 1";
            for (int i = 0; i < Math.min(n, 12); i++) {
                text = "EXECUTE IMMEDIATE '" + text.replace("'", "''") + "'";
            }
            return text;
        });
        makers.put("many statements", n -> "SELECT * FROM orders;".repeat(n));
        makers.put(
                "many temporary tables",
                n -> each(
                        n,
                        i -> "CREATE TEMP TABLE t" + i + " AS SELECT * FROM " + (i == 0 ? "orders" : "t" + (i - 1))
                                + ";"));
        makers.put("comments", n -> "SELECT 1 /*" + "*/ /*".repeat(n * 50) + "*/");
        makers.put("open comment", n -> "SELECT 1 " + "/*".repeat(n * 50));
        makers.put("quotes", n -> "SELECT " + "'".repeat(n * 50));
        makers.put("dollars", n -> "SELECT " + "$$".repeat(n * 50));
        makers.put("rows of values", n -> "INSERT INTO scratch VALUES (1, 'x')" + ", (1, 'x')".repeat(n * 50));
        makers.put(
                "rows of computed values",
                n -> "INSERT INTO scratch VALUES (1, UPPER('x'))" + ", (1, UPPER('x'))".repeat(n));
        makers.put(
                "whens",
                n -> "MERGE INTO scratch s USING orders o ON s.id = o.id"
                        + " WHEN MATCHED AND o.id = 1 THEN UPDATE SET id = o.id".repeat(n));
        return makers;
    }

    private static String around(String before, String inner, String after, int times) {
        return before.repeat(times) + inner + after.repeat(times);
    }

    private static String each(int times, IntFunction<String> part) {
        return IntStream.range(0, Math.max(0, times)).mapToObj(part).collect(Collectors.joining());
    }
}

package dev.snowgate.emulator.engine;

import dev.snowgate.emulator.session.Session;
import dev.snowgate.emulator.sql.Names;
import dev.snowgate.emulator.sql.Script;
import java.util.LinkedHashSet;
import java.util.Set;

/** EXPLAIN: the tables that a statement names, in the columns of Snowflake's tabular plan. */
final class Explains {
    private static final Set<String> BEFORE_TABLE = Set.of("FROM", "JOIN", "INTO", "UPDATE", "USING", "TABLE");

    private Explains() {}

    static String sql(Script script, Session session) {
        Set<String> tables = new LinkedHashSet<>();
        for (int i = 0; i + 1 < script.tokens().size(); i++) {
            if (BEFORE_TABLE.contains(script.at(i).text())
                    && script.at(i + 1).isName()
                    && !script.at(i + 1).is("TABLE")) {
                tables.add(Names.read(script.tokens(), i + 1, session.database(), session.schema())
                        .display());
            }
        }
        StringBuilder sql = new StringBuilder("SELECT * FROM (VALUES (NULL::INTEGER, NULL::INTEGER, NULL::VARCHAR,"
                + " 'GlobalStats', NULL::VARCHAR, NULL::VARCHAR, NULL::VARCHAR, 1::INTEGER, 1::INTEGER, 1024::BIGINT),"
                + " (1, 0, NULL, 'Result', NULL, NULL, NULL, NULL, NULL, NULL)");
        int id = 1;
        for (String table : tables) {
            sql.append(", (1, ")
                    .append(id++)
                    .append(", '[0]', 'TableScan', ")
                    .append(DuckDb.literal(table))
                    .append(", NULL, NULL, 1, 1, 1024)");
        }
        return sql
                + ") e(\"step\", \"id\", \"parentOperators\", \"operation\", \"objects\", \"alias\", \"expressions\","
                + " \"partitionsTotal\", \"partitionsAssigned\", \"bytesAssigned\")";
    }
}

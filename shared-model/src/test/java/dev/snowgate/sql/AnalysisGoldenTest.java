package dev.snowgate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.catalog.ColumnName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is seen in statements, written out: {@code analysis/*.sql} holds statements, each after a line that says what it shows, and
 * {@code analysis/*.analysis.json} what is seen in them. After a change that is meant, write them anew with {@code -Dsnowgate.golden=write} and review
 * the difference.
 */
class AnalysisGoldenTest {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final Path FOLDER = Path.of("src", "test", "resources", "sql", "analysis");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stars-and-names",
                "joins-and-sets",
                "subqueries-and-ctes",
                "expressions",
                "aggregates-and-windows",
                "shapes",
                "changes",
                "files-and-rights",
                "session-and-code",
                "routines"
            })
    void statements_are_seen_as_written_down(String topic) throws IOException {
        // Given
        Map<String, String> statements = statements(resource(topic + ".sql"));

        // When
        Map<String, Object> seen = new LinkedHashMap<>();
        statements.forEach((title, text) -> seen.put(title, seen(SampleCatalog.analyse(text))));
        String written = JSON.writeValueAsString(seen).replace("\r\n", "\n") + "\n";

        // Then
        if ("write".equals(System.getProperty("snowgate.golden"))) {
            Files.writeString(FOLDER.resolve(topic + ".analysis.json"), written);
        } else {
            assertThat(written).isEqualTo(resource(topic + ".analysis.json"));
        }
    }

    private static String resource(String name) throws IOException {
        try (var in = AnalysisGoldenTest.class.getResourceAsStream("/sql/analysis/" + name)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Map<String, String> statements(String text) {
        Map<String, String> statements = new LinkedHashMap<>();
        String title = "";
        for (String line : text.lines().toList()) {
            if (line.startsWith("-- ")) {
                title = line.substring(3);
                assertThat(statements).doesNotContainKey(title);
            } else if (!line.isBlank()) {
                statements.merge(title, line, (a, b) -> a + "\n" + b);
            }
        }
        return statements;
    }

    private static Object seen(SqlAnalysis analysis) {
        return switch (analysis) {
            case SqlAnalysis.NotUnderstood not ->
                Map.of("refused", not.construct() + " at " + not.line() + ":" + not.column());
            case SqlAnalysis.Understood understood ->
                understood.statements().size() == 1
                        ? seen(understood.statements().getFirst())
                        : understood.statements().stream()
                                .map(AnalysisGoldenTest::seen)
                                .toList();
        };
    }

    private static Map<String, Object> seen(StatementAnalysis statement) {
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("kind", statement.kind().name());
        seen.put(
                "effects", statement.effects().stream().sorted().map(Enum::name).toList());
        put(seen, "inside", statement.inside().stream().sorted().map(Enum::name).toList());
        put(
                seen,
                "objects",
                statement.objects().stream()
                        .map(use -> use.effect() + " " + use.name() + (use.known() ? "" : " (unknown)"))
                        .sorted()
                        .toList());
        put(
                seen,
                "output",
                statement.output().stream()
                        .map(column -> column.name() + ": " + column.derivation() + " of " + names(column.origins()))
                        .toList());
        statement
                .rest()
                .ifPresent(rest -> seen.put("any further column", rest.derivation() + " of " + names(rest.origins())));
        put(seen, "predicate", names(statement.predicateUse()));
        put(seen, "cardinality", names(statement.cardinalityUse()));
        put(
                seen,
                "writes",
                statement.writes().stream()
                        .map(write -> write.target() + " from " + names(write.sources()))
                        .distinct()
                        .toList());
        put(seen, "functions", statement.functions());
        statement.unload().ifPresent(target -> seen.put("unload", target.name()));
        put(seen, "flags", statement.flags().stream().sorted().toList());
        if (!statement.contextAfterKnown()) {
            seen.put("session", "unknown after it");
        }
        return seen;
    }

    private static void put(Map<String, Object> seen, String name, List<String> values) {
        if (!values.isEmpty()) {
            seen.put(name, values);
        }
    }

    private static List<String> names(Collection<ColumnName> columns) {
        return columns.stream().map(ColumnName::toString).sorted().toList();
    }
}

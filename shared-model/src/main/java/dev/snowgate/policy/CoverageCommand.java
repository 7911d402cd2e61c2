package dev.snowgate.policy;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.sql.AnalysisLimits;
import dev.snowgate.sql.QueryLineage;
import dev.snowgate.sql.SqlAnalyser;
import dev.snowgate.sql.SqlAnalysis.NotUnderstood;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Counts what is not understood, by construct, with the first statement of each. Never prints text of statements. */
final class CoverageCommand {
    private final CommandInputs inputs;
    private final boolean hasCatalog;
    private final PrintStream out;

    CoverageCommand(Map<String, String> options, PrintStream out) {
        this.inputs = new CommandInputs(options);
        this.hasCatalog = options.containsKey("--catalog");
        this.out = out;
    }

    /** How often a construct was met, and where first. */
    private record Count(int times, int line, JsonNode id) {
        Count plus(Count other) {
            return new Count(times + other.times(), line, id);
        }
    }

    int run() throws IOException {
        CatalogSnapshot catalog = hasCatalog ? inputs.catalog(List.of()) : CatalogSnapshot.empty("CLI");
        SessionContext context = inputs.context();
        SqlAnalyser analyser = new SqlAnalyser(AnalysisLimits.defaults());
        Map<String, Count> counts = new TreeMap<>();
        int total = 0;
        int wrong = 0;
        try (StatementLines lines = StatementLines.open(inputs.file("--statements"))) {
            for (Optional<StatementLines.Line> read = lines.next(); read.isPresent(); read = lines.next()) {
                StatementLines.Line line = read.get();
                if (line.sql().isEmpty()) {
                    wrong++;
                    continue;
                }
                total++;
                if (analyser.analyse(line.sql().get(), context, catalog, QueryLineage.NONE)
                        instanceof NotUnderstood not) {
                    counts.merge(not.construct(), new Count(1, line.number(), line.id()), Count::plus);
                }
            }
        }
        print(counts, total, wrong);
        return wrong == 0 ? PolicyCommand.OK : PolicyCommand.FAILED;
    }

    private void print(Map<String, Count> counts, int total, int wrong) {
        int missed = counts.values().stream().mapToInt(Count::times).sum();
        out.println(total + " statements, " + (total - missed) + " understood, " + missed + " not"
                + (wrong == 0 ? "" : ", " + wrong + " lines unreadable"));
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Count>comparingByValue(
                        Comparator.comparingInt(Count::times).reversed()))
                .forEach(e -> out.printf(
                        "%6d  %s (first: %s)%n",
                        e.getValue().times(),
                        e.getKey(),
                        e.getValue().id().isNull()
                                ? "line " + e.getValue().line()
                                : "id " + e.getValue().id()));
        out.flush();
    }
}

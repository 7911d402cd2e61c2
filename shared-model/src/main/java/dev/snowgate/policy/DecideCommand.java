package dev.snowgate.policy;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.model.agent.ClientApplication;
import dev.snowgate.model.agent.Principal;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.sql.AnalysisLimits;
import dev.snowgate.sql.QueryLineage;
import dev.snowgate.sql.SqlAnalyser;
import dev.snowgate.sql.SqlAnalysis;
import dev.snowgate.sql.SqlAnalysis.NotUnderstood;
import dev.snowgate.sql.SqlAnalysis.Understood;
import dev.snowgate.sql.StatementAnalysis;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Decides the statements of a file, one JSON line each, in the order of the file. */
final class DecideCommand {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final CommandInputs inputs;
    private final boolean text;
    private final PrintStream out;
    private final SqlAnalyser analyser = new SqlAnalyser(AnalysisLimits.defaults());

    DecideCommand(Map<String, String> options, PrintStream out) {
        this.inputs = new CommandInputs(options);
        this.text = options.containsKey("--text") && !options.containsKey("--json");
        this.out = out;
    }

    /** Who asks all of them. */
    private record Asker(
            Principal principal,
            ClientApplication client,
            SessionContext context,
            Instant at,
            ZoneId zone,
            RequestFacts facts) {}

    /** Exit code: 1 if a line could not be read, though all others are decided. */
    int decide() throws IOException {
        PolicyFolder files = PolicyFolder.read(inputs.file("--policies"));
        PolicySet policies = PolicySet.compile(0, files.policies());
        CatalogSnapshot catalog = inputs.catalog(files.protection());
        Asker asker = new Asker(
                inputs.principal(), inputs.client(), inputs.context(), inputs.at(), inputs.zone(), inputs.facts());
        boolean wrong = false;
        try (StatementLines lines = StatementLines.open(inputs.file("--statements"))) {
            for (Optional<StatementLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                ObjectNode answer = JSON.createObjectNode();
                answer.set("id", line.get().id());
                if (line.get().sql().isPresent()) {
                    wrong |= !decided(line.get(), asker, policies, catalog, answer);
                } else {
                    wrong = true;
                    refused(answer, line.get());
                }
                out.println(text ? text(answer) : JSON.writeValueAsString(answer));
            }
        } finally {
            out.flush();
        }
        return wrong ? PolicyCommand.FAILED : PolicyCommand.OK;
    }

    /** A fault of ours refuses that one statement, as the gateway does, and is told; all others are decided. */
    private boolean decided(
            StatementLines.Line line, Asker asker, PolicySet policies, CatalogSnapshot catalog, ObjectNode answer) {
        try {
            decide(line.sql().orElse(""), asker, policies, catalog, answer);
            return true;
        } catch (RuntimeException | StackOverflowError fault) {
            refused(
                    answer,
                    new StatementLines.Line(
                            line.number(), line.id(), line.sql(), "The statement could not be judged."));
            return false;
        }
    }

    private void decide(String sql, Asker asker, PolicySet policies, CatalogSnapshot catalog, ObjectNode answer) {
        long start = System.nanoTime();
        SqlAnalysis analysis = analyser.analyse(sql, asker.context(), catalog, QueryLineage.NONE);
        Decision decision = policies.decide(new DecisionRequest(
                asker.principal(),
                asker.client(),
                Dialect.DRIVER,
                analysis,
                asker.context(),
                catalog,
                asker.at(),
                asker.zone(),
                asker.facts()));
        long micros = (System.nanoTime() - start) / 1_000;
        describe(analysis, DecisionView.of(decision), answer);
        answer.put("micros", micros);
    }

    private static void describe(SqlAnalysis analysis, DecisionView view, ObjectNode answer) {
        List<StatementAnalysis> statements =
                analysis instanceof Understood understood ? understood.statements() : List.of();
        answer.set(
                "kinds",
                JSON.valueToTree(
                        statements.stream().map(s -> Words.of(s.kind())).toList()));
        answer.put("decision", view.decision());
        answer.put("rule", view.rule());
        // columns of which nobody knows how many there are cannot be listed
        if (view.nothingKnown()
                || view.maskedFrom().filter(from -> isAll(from, view)).isPresent()) {
            answer.put("masked_output_columns", "all");
        } else {
            answer.set("masked_output_columns", JSON.valueToTree(view.maskedColumns()));
            view.maskedFrom().ifPresent(from -> answer.put("masked_output_columns_from", from));
        }
        answer.set(
                "touches",
                JSON.valueToTree(statements.stream()
                        .flatMap(s -> s.objects().stream())
                        .map(use -> Words.of(use.effect()) + " " + Words.of(use.name()))
                        .distinct()
                        .toList()));
        answer.set(
                "hints",
                JSON.valueToTree(statements.stream()
                        .flatMap(s -> s.flags().stream())
                        .distinct()
                        .sorted()
                        .toList()));
        answer.put("reason", view.reason());
        if (analysis instanceof NotUnderstood not) {
            answer.put("unsupported", not.construct());
        }
        if (!view.advice().isEmpty()) {
            answer.put("advice", view.advice());
        }
    }

    /** Whether every column before the first of those that are masked whatever their number is masked too. */
    private static boolean isAll(int from, DecisionView view) {
        return view.maskedColumns().stream().filter(column -> column < from).count() == from;
    }

    private static void refused(ObjectNode answer, StatementLines.Line line) {
        answer.putArray("kinds");
        answer.put("decision", "deny");
        answer.put("rule", "unreadable-line");
        answer.putArray("masked_output_columns");
        answer.putArray("touches");
        answer.putArray("hints");
        answer.put("reason", line.problem());
        answer.put("error", "line " + line.number() + ": " + line.problem());
        answer.put("micros", 0);
    }

    private static String text(ObjectNode answer) {
        String reason = answer.path("reason").asString();
        return answer.path("id").toString() + "  " + answer.path("decision").asString() + "  by "
                + answer.path("rule").asString() + (reason.isEmpty() ? "" : ": " + reason);
    }
}

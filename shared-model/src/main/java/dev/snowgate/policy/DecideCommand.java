package dev.snowgate.policy;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.CatalogYaml;
import dev.snowgate.catalog.ProtectionMarks;
import dev.snowgate.model.agent.AgentId;
import dev.snowgate.model.agent.ClientApplication;
import dev.snowgate.model.agent.PersonId;
import dev.snowgate.model.agent.Principal;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.sql.AnalysisLimits;
import dev.snowgate.sql.QueryLineage;
import dev.snowgate.sql.SqlAnalyser;
import dev.snowgate.sql.SqlAnalysis;
import dev.snowgate.sql.SqlAnalysis.NotUnderstood;
import dev.snowgate.sql.SqlAnalysis.Understood;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Decides the statements of a file, one JSON line each. */
final class DecideCommand {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final Map<String, String> options;
    private final PrintStream out;
    private final SqlAnalyser analyser = new SqlAnalyser(AnalysisLimits.defaults());

    DecideCommand(Map<String, String> options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    int decide() throws IOException {
        PolicyFolder files = PolicyFolder.read(Path.of(option("--policies")));
        PolicySet policies = PolicySet.compile(0, files.policies());
        CatalogSnapshot catalog = catalog(files.protection());
        SessionContext context = context();
        Principal principal = principal();
        boolean json = options.containsKey("--json");
        try (BufferedReader lines = Files.newBufferedReader(Path.of(option("--statements")))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Optional<JsonNode> read = read(line);
                if (line.isBlank()) {
                    continue;
                }
                if (read.isEmpty()) {
                    out.println("{\"id\":null,\"decision\":\"deny\",\"reason\":\"The line is not an object with id and sql.\"}");
                    continue;
                }
                long start = System.nanoTime();
                SqlAnalysis analysis =
                        analyser.analyse(read.get().get("sql").asString(), context, catalog, QueryLineage.NONE);
                Decision decision = policies.decide(new DecisionRequest(
                        principal, new ClientApplication("policy decide", "1"), Dialect.DRIVER, analysis, context,
                        catalog, Instant.EPOCH, ZoneId.of("UTC")));
                long micros = (System.nanoTime() - start) / 1_000;
                ObjectNode answer = answer(read.get(), analysis, DecisionView.of(decision), micros);
                out.println(json ? JSON.writeValueAsString(answer) : text(answer));
            }
        }
        out.flush();
        return PolicyCommand.OK;
    }

    int coverage() throws IOException {
        CatalogSnapshot catalog = options.containsKey("--catalog") ? catalog(List.of()) : CatalogSnapshot.empty("CLI");
        SessionContext context = context();
        Map<String, Integer> counts = new TreeMap<>();
        Map<String, String> examples = new TreeMap<>();
        int total = 0;
        try (BufferedReader lines = Files.newBufferedReader(Path.of(option("--statements")))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Optional<JsonNode> read = read(line);
                if (read.isEmpty()) {
                    continue;
                }
                total++;
                if (analyser.analyse(read.get().get("sql").asString(), context, catalog, QueryLineage.NONE)
                        instanceof NotUnderstood not) {
                    counts.merge(not.construct(), 1, Integer::sum);
                    examples.putIfAbsent(not.construct(), not.reason());
                }
            }
        }
        int missed = counts.values().stream().mapToInt(Integer::intValue).sum();
        out.println(total + " statements, " + (total - missed) + " understood, " + missed + " not");
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .forEach(e -> out.printf("%6d  %s: %s%n", e.getValue(), e.getKey(), examples.get(e.getKey())));
        out.flush();
        return PolicyCommand.OK;
    }

    private String option(String name) {
        return Optional.ofNullable(options.get(name))
                .orElseThrow(() -> new IllegalArgumentException(name + " is missing."));
    }

    private CatalogSnapshot catalog(List<PolicySource> protection) throws IOException {
        Path file = Path.of(option("--catalog"));
        List<CatalogObject> objects = CatalogYaml.read(String.valueOf(file.getFileName()), Files.readString(file));
        for (PolicySource marks : protection) {
            objects = ProtectionMarks.read(marks.path(), marks.text()).applyTo(objects);
        }
        return CatalogSnapshot.of("CLI", 1, objects);
    }

    private SessionContext context() {
        return SessionContext.of(
                "CLI", "AGENT_USER", options.getOrDefault("--role", "AGENT_ROLE"),
                Optional.of(options.getOrDefault("--warehouse", "AGENT_WH")),
                Optional.ofNullable(options.get("--database")), Optional.ofNullable(options.get("--schema")));
    }

    private Principal principal() {
        Set<String> groups = Arrays.stream(options.getOrDefault("--groups", "").split(","))
                .filter(group -> !group.isBlank())
                .map(String::strip)
                .collect(Collectors.toSet());
        return new Principal(
                new AgentId(options.getOrDefault("--agent", "agent")), "command-line", groups,
                Optional.ofNullable(options.get("--person")).map(p -> new PersonId("command-line", p)), Set.of());
    }

    private static Optional<JsonNode> read(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            return Optional.of(node).filter(n -> n.isObject() && n.path("sql").isString());
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static ObjectNode answer(JsonNode read, SqlAnalysis analysis, DecisionView view, long micros) {
        ObjectNode answer = JSON.createObjectNode();
        answer.set("id", read.path("id"));
        List<String> kinds = switch (analysis) {
            case Understood understood -> understood.statements().stream().map(s -> Words.of(s.kind())).toList();
            case NotUnderstood not -> List.of();
        };
        answer.set("kinds", JSON.valueToTree(kinds));
        answer.put("decision", view.decision());
        answer.put("rule", view.rule());
        answer.set("masked_output_columns", JSON.valueToTree(view.maskedColumns()));
        if (analysis instanceof Understood understood) {
            answer.set("touches", JSON.valueToTree(understood.statements().stream()
                    .flatMap(s -> s.objects().stream())
                    .map(use -> Words.of(use.effect()) + " " + Words.of(use.name()))
                    .distinct()
                    .toList()));
            answer.set("hints", JSON.valueToTree(understood.statements().stream()
                    .flatMap(s -> s.flags().stream())
                    .distinct()
                    .sorted()
                    .toList()));
        } else {
            answer.set("touches", JSON.valueToTree(List.of()));
            answer.set("hints", JSON.valueToTree(List.of()));
        }
        answer.put("reason", view.reason());
        if (analysis instanceof NotUnderstood not) {
            answer.put("unsupported", not.construct());
        }
        answer.put("micros", micros);
        return answer;
    }

    private static String text(ObjectNode answer) {
        String reason = answer.path("reason").asString();
        return answer.path("id").toString() + "  " + answer.path("decision").asString() + "  by "
                + answer.path("rule").asString() + (reason.isEmpty() ? "" : ": " + reason);
    }
}

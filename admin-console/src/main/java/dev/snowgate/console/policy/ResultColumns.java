package dev.snowgate.console.policy;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.console.policy.TryOut.Origin;
import dev.snowgate.console.policy.TryOut.ResultColumn;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.policy.Obligations;
import dev.snowgate.recording.RecordedAnalysis;
import dev.snowgate.recording.RecordedDecision;
import dev.snowgate.sql.OutputColumn;
import dev.snowgate.sql.StatementAnalysis;
import java.util.ArrayList;
import java.util.List;

/** Where each result column comes from, beside the mask that it would get. Pure. */
final class ResultColumns {
    private ResultColumns() {}

    static List<ResultColumn> of(RecordedAnalysis analysis, RecordedDecision decision, CatalogSnapshot catalog) {
        List<MaskPlan> plans = decision.obligations().map(Obligations::masks).orElse(List.of());
        List<ResultColumn> columns = new ArrayList<>();
        for (int i = 0; i < analysis.statements().size(); i++) {
            StatementAnalysis statement = analysis.statements().get(i);
            List<MaskPlan.PlannedColumn> planned =
                    i < plans.size() ? plans.get(i).all().toList() : List.of();
            List<OutputColumn> results = statement.results();
            for (int c = 0; c < results.size(); c++) {
                ResultColumn column = column(c, results.get(c), c < planned.size() ? planned.get(c) : null, catalog);
                columns.add(c < statement.output().size() ? column : column.named("column " + (c + 1) + " and after"));
            }
        }
        return columns;
    }

    private static ResultColumn column(
            int index,
            OutputColumn output,
            MaskPlan.@org.jspecify.annotations.Nullable PlannedColumn planned,
            CatalogSnapshot catalog) {
        List<Origin> origins = output.origins().stream()
                .sorted()
                .map(origin -> new Origin(
                        origin.object().toString(),
                        origin.column(),
                        catalog.protection(origin).isPresent()))
                .toList();
        String mask = planned == null
                ? ""
                : planned.mask().map(m -> words(m.function().name())).orElse("");
        return new ResultColumn(
                output.name().isEmpty() ? "column " + (index + 1) : output.name(),
                origins,
                way(output.derivation()),
                mask,
                planned == null ? "" : planned.rule());
    }

    private static String words(String function) {
        return switch (function) {
            case "EMAIL" -> "keep domain";
            case "LAST4" -> "last 4";
            case "REDACT" -> "hidden";
            default -> function.toLowerCase(java.util.Locale.ROOT);
        };
    }

    private static String way(OutputColumn.Derivation derivation) {
        return switch (derivation) {
            case DIRECT -> "";
            case DERIVED, PARTIAL -> "computed";
            case AGGREGATED -> "aggregated";
            case CONSTANT -> "constant";
            case UNKNOWN -> "unknown";
        };
    }
}

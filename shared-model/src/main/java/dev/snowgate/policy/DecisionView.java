package dev.snowgate.policy;

import dev.snowgate.masking.MaskPlan;
import dev.snowgate.masking.MaskPlan.PlannedColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A decision in the words of suites and of the command line.
 *
 * @param decision {@code allow}, {@code approve} or {@code deny}
 * @param rule the rule that refuses or holds; for an allowance the first rule that allowed
 * @param masks name (or number, where the name is not known) of each masked result column, with its mask
 * @param maskedColumns 0-based numbers of masked result columns, each once
 * @param obligations limits that hold when it runs, by the names of policy files: numbers, bytes, seconds, level
 * @param nothingKnown whether every result column is masked because nobody can tell what is in it
 * @param maskedFrom 0-based number of the column from which on every column is masked, however many there are; empty if none is
 */
record DecisionView(
        String decision,
        String rule,
        String reason,
        String advice,
        Map<String, String> masks,
        List<Integer> maskedColumns,
        Map<String, String> obligations,
        boolean nothingKnown,
        Optional<Integer> maskedFrom) {
    static DecisionView of(Decision decision) {
        return switch (decision) {
            case Decision.Allow allow -> of("allow", allowingRule(allow), "", Optional.of(allow.obligations()));
            case Decision.RequireApproval held ->
                of("approve", held.rule(), held.reason(), Optional.of(held.obligations()));
            case Decision.Deny deny ->
                new DecisionView(
                        "deny",
                        deny.rule(),
                        deny.reason(),
                        deny.advice(),
                        Map.of(),
                        List.of(),
                        Map.of(),
                        false,
                        Optional.empty());
        };
    }

    private static DecisionView of(String word, String rule, String reason, Optional<Obligations> obligations) {
        Map<String, String> masks = new TreeMap<>();
        List<Integer> numbers = new ArrayList<>();
        int columns = 0;
        int unknown = 0;
        Optional<Integer> from = Optional.empty();
        for (MaskPlan plan : obligations.map(Obligations::masks).orElse(List.of())) {
            for (int i = 0; i < plan.columns().size(); i++) {
                PlannedColumn column = plan.columns().get(i);
                columns++;
                if (column.mask().isPresent()) {
                    masks.put(
                            column.name().isEmpty() ? String.valueOf(i) : column.name(),
                            Words.of(column.mask().get().function()));
                    numbers.add(i);
                    unknown += column.category().equals(Protections.UNKNOWN) ? 1 : 0;
                }
            }
            Optional<PlannedColumn> rest = plan.rest();
            columns += rest.isPresent() ? 1 : 0;
            if (rest.flatMap(PlannedColumn::mask).isPresent()) {
                int first = plan.columns().size();
                masks.put(first + "…", Words.of(rest.get().mask().get().function()));
                from = Optional.of(Math.min(first, from.orElse(first)));
                unknown += rest.get().category().equals(Protections.UNKNOWN) ? 1 : 0;
            }
        }
        return new DecisionView(
                word,
                rule,
                reason,
                "",
                masks,
                numbers.stream().distinct().sorted().toList(),
                obligations.map(DecisionView::limits).orElse(Map.of()),
                columns > 0 && columns == unknown,
                from);
    }

    private static Map<String, String> limits(Obligations obligations) {
        Map<String, String> limits = new TreeMap<>();
        limits.put("record", Words.of(obligations.record()));
        obligations.rowLimit().ifPresent(rows -> limits.put("row-limit", rows.toString()));
        obligations.resultSizeLimit().ifPresent(bytes -> limits.put("result-size-limit", bytes.toString()));
        obligations
                .statementTimeout()
                .ifPresent(time -> limits.put("statement-timeout", String.valueOf(time.toSeconds())));
        return limits;
    }

    private static String allowingRule(Decision.Allow allow) {
        return allow.trail().steps().stream()
                .filter(step -> step.effect().equals("allow"))
                .map(PolicyTrail.Step::rule)
                .findFirst()
                .orElse("");
    }
}

package dev.snowgate.policy;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.NameGlob;
import dev.snowgate.policy.PolicyProblem.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules and masks that have no effect on what a catalogue knows: mostly names and categories with a typing mistake. */
final class CatalogDoubts {
    private static final Set<String> NEVER_CATALOGUED = Set.of("SNOWFLAKE", "");

    private CatalogDoubts() {}

    static List<PolicyProblem> about(List<Rule> rules, List<MaskRule> masks, CatalogSnapshot catalog) {
        List<ColumnName> columns = catalog.objects().stream()
                .flatMap(object -> object.columns().stream().map(c -> new ColumnName(object.name(), c.name())))
                .toList();
        Set<String> databases = catalog.objects().stream()
                .map(CatalogObject::name)
                .map(n -> n.database())
                .collect(Collectors.toSet());
        List<PolicyProblem> doubts = new ArrayList<>();
        for (MaskRule mask : masks) {
            if (columns.stream().noneMatch(column -> mask.columns().contains(column, catalog))) {
                doubts.add(doubt(
                        mask.file(),
                        mask.line(),
                        "The mask '" + mask.name() + "' matches no column of the catalogue."));
            }
        }
        for (Rule rule : rules) {
            ColumnScope scope = rule.match().columns();
            if (scope.reach() == ColumnScope.Reach.LISTED
                    && columns.stream().noneMatch(column -> scope.contains(column, catalog))) {
                doubts.add(doubt(
                        rule.file(),
                        rule.line(),
                        "The columns of the rule '" + rule.name() + "' match none of the catalogue."));
            }
            rule.match().objects().parts().stream()
                    .flatMap(part -> part.names().stream())
                    .filter(glob -> isMissing(glob, databases))
                    .findFirst()
                    .ifPresent(glob -> doubts.add(doubt(
                            rule.file(),
                            rule.line(),
                            "The rule '" + rule.name() + "' names the database "
                                    + glob.database().orElse("") + ", which the catalogue does not know.")));
        }
        return doubts;
    }

    private static boolean isMissing(NameGlob glob, Set<String> databases) {
        return glob.database()
                .filter(d -> !NEVER_CATALOGUED.contains(d) && !databases.contains(d))
                .isPresent();
    }

    private static PolicyProblem doubt(String file, int line, String message) {
        return new PolicyProblem(file, line, 1, Severity.WARNING, message, "");
    }
}

package dev.snowgate.gateway.pipeline;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.policy.Protections;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.ObjectUse;
import dev.snowgate.sql.OutputColumn;
import dev.snowgate.sql.StatementAnalysis;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether an error of a statement can quote a value that the agent may not see. It cannot where every value that is read is in a
 * column that is proved harmless, and that the agent is shown unmasked anyway.
 */
final class QuotableValues {
    /** They read what no catalogue describes: the text of code, files, answers from outside. */
    private static final Set<Effect> UNSEEN =
            EnumSet.of(Effect.CODE, Effect.LOAD, Effect.UNLOAD, Effect.FILE_TRANSFER, Effect.EXTERNAL_CALL);

    private static final Set<String> UNSEEN_FLAGS =
            Set.of("script", "session-variable", "stage-read", "semantic-view", "dynamic-pivot");

    private QuotableValues() {}

    /**
     * Whether nothing hidden can be in the text.
     *
     * @param plans one per statement, in order; where they are not, nothing is proved
     */
    static boolean areHarmless(AnalysedStatement analysed, List<MaskPlan> plans) {
        List<StatementAnalysis> statements = analysed.statements();
        if (statements.isEmpty() || statements.size() != plans.size()) {
            return false;
        }
        for (int i = 0; i < statements.size(); i++) {
            if (!areHarmless(statements.get(i), plans.get(i), analysed.catalog())) {
                return false;
            }
        }
        return true;
    }

    private static boolean areHarmless(StatementAnalysis statement, MaskPlan plan, CatalogSnapshot catalog) {
        Set<ColumnName> shown = shown(statement, plan);
        return !plan.masksAnything()
                && !textMayBeOfValues(statement)
                && Collections.disjoint(statement.effects(), UNSEEN)
                && statement.queryIds().isEmpty()
                && !statement.lastQueryIdUse()
                && statement.objects().stream().allMatch(use -> isHarmless(use, catalog))
                && read(statement).stream()
                        .allMatch(column -> shown.contains(column)
                                && Protections.of(catalog, column).isEmpty());
    }

    /** Whether Snowflake compiles text that the agent did not write: then even a name in an error may be a value. */
    static boolean textMayBeOfValues(StatementAnalysis statement) {
        return statement.effects().contains(Effect.CODE)
                || statement.flags().stream()
                        .anyMatch(flag -> UNSEEN_FLAGS.contains(flag) || flag.startsWith("unknown-function:"));
    }

    /** An object that is not only read may have any of its values converted, compared or moved. */
    private static boolean isHarmless(ObjectUse use, CatalogSnapshot catalog) {
        return use.known()
                && Protections.isExplained(catalog, use.name())
                && (use.effect() == Effect.READ
                        || catalog.find(use.name()).orElseThrow().columns().stream()
                                .allMatch(column -> column.protection().isEmpty()));
    }

    private static Set<ColumnName> read(StatementAnalysis statement) {
        Set<ColumnName> read = new HashSet<>(statement.readColumns());
        read.addAll(statement.predicateUse());
        read.addAll(statement.cardinalityUse());
        return read;
    }

    /** Columns that the plan shows as they are: no rule of the policy masks them by mark or by name. */
    private static Set<ColumnName> shown(StatementAnalysis statement, MaskPlan plan) {
        Set<ColumnName> shown = new HashSet<>();
        if (plan.columnsKnown() && plan.columns().size() == statement.output().size()) {
            statement.results().stream().map(OutputColumn::origins).forEach(shown::addAll);
        }
        return shown;
    }
}

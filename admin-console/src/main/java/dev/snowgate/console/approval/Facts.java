package dev.snowgate.console.approval;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.console.text.MaskWords;
import dev.snowgate.console.text.Remarks;
import dev.snowgate.recording.RecordedAnalysis;
import dev.snowgate.recording.RecordedDecision;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.ObjectUse;
import dev.snowgate.sql.StatementAnalysis;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the analysis says about a statement, in the words of the inbox and the card. Pure. */
final class Facts {
    private Facts() {}

    /** A few plain tags for a row. */
    static List<String> tags(RecordedAnalysis analysis, CatalogSnapshot catalog) {
        Set<String> tags = new LinkedHashSet<>();
        analysis.problem().ifPresent(problem -> tags.add("not understood"));
        for (StatementAnalysis statement : analysis.statements()) {
            statement.objects().stream()
                    .filter(use -> use.effect() == Effect.WRITE || use.effect() == Effect.LOAD)
                    .forEach(use -> tags.add("writes " + use.name().database()));
            if (has(statement, Effect.CREATE) || has(statement, Effect.ALTER) || has(statement, Effect.DROP)) {
                tags.add("changes schema");
            }
            if (has(statement, Effect.CODE) || !statement.contextAfterKnown()) {
                tags.add("effects not known");
            }
            if (has(statement, Effect.UNLOAD)) {
                tags.add("copies out");
            }
            if (has(statement, Effect.PRIVILEGE)) {
                tags.add("changes rights");
            }
            if (statement.effects().equals(Set.of(Effect.READ))) {
                statement
                        .objects()
                        .forEach(use -> tags.add("reads " + use.name().database()));
            }
        }
        int guarded = protectedColumns(analysis, catalog).size();
        if (guarded > 0) {
            tags.add(guarded + " protected");
        }
        if (analysis.statements().size() > 1) {
            tags.add(analysis.statements().size() + " statements");
        }
        return tags.stream().limit(3).toList();
    }

    /** The protected columns that a statement uses in any way. */
    static Set<ColumnName> protectedColumns(RecordedAnalysis analysis, CatalogSnapshot catalog) {
        Set<ColumnName> columns = new TreeSet<>();
        for (StatementAnalysis statement : analysis.statements()) {
            columns.addAll(statement.predicateUse());
            columns.addAll(statement.cardinalityUse());
            statement.readColumns().stream()
                    .filter(c -> catalog.protection(c).isPresent())
                    .forEach(columns::add);
            statement.writes().stream()
                    .filter(w -> catalog.protection(w.target()).isPresent())
                    .forEach(w -> columns.add(w.target()));
        }
        return columns;
    }

    static List<Touch> touches(RecordedAnalysis analysis, CatalogSnapshot catalog) {
        Set<ColumnName> guarded = protectedColumns(analysis, catalog);
        List<Touch> touches = new ArrayList<>();
        for (StatementAnalysis statement : analysis.statements()) {
            for (ObjectUse use : statement.objects()) {
                List<String> columns = guarded.stream()
                        .filter(c -> c.object().equals(use.name()))
                        .map(ColumnName::column)
                        .toList();
                boolean replace = statement.flags().contains("or-replace") && use.effect() == Effect.CREATE;
                Touch touch = new Touch(
                        use.name().toString(),
                        use.effect(),
                        replace ? "replace" : Remarks.verb(use.effect()),
                        use.effect() != Effect.READ && use.effect() != Effect.METADATA,
                        columns,
                        use.known());
                if (!touches.contains(touch)) {
                    touches.add(touch);
                }
            }
        }
        return touches;
    }

    static List<ImpactCard.MaskedColumn> masked(Optional<RecordedDecision> decision) {
        return decision.flatMap(RecordedDecision::obligations).stream()
                .flatMap(obligations -> obligations.masks().stream())
                .flatMap(plan -> plan.columns().stream())
                .filter(column -> column.mask().isPresent())
                .map(column -> new ImpactCard.MaskedColumn(
                        column.name().isEmpty() ? "(unnamed)" : column.name(),
                        column.mask().map(mask -> MaskWords.of(mask.function())).orElse("")))
                .toList();
    }

    static int resultColumns(RecordedAnalysis analysis) {
        return analysis.statements().stream()
                .mapToInt(statement -> statement.results().size())
                .sum();
    }

    /** Whether it can be undone. Where nobody can tell, it says so. */
    static String undo(RecordedAnalysis analysis) {
        if (analysis.statements().isEmpty()) {
            return "Nobody can tell what it would change.";
        }
        Set<Effect> effects = new TreeSet<>();
        analysis.statements().forEach(statement -> effects.addAll(statement.effects()));
        if (effects.contains(Effect.UNLOAD)
                || effects.contains(Effect.EXTERNAL_CALL)
                || effects.contains(Effect.FILE_TRANSFER)) {
            return "Cannot be undone: data leaves Snowflake.";
        }
        if (effects.contains(Effect.CODE)) {
            return "Stored code runs; what it changes is not known.";
        }
        if (effects.contains(Effect.WRITE) || effects.contains(Effect.DROP) || effects.contains(Effect.CREATE)) {
            return "Can be undone by time travel while the table's retention lasts.";
        }
        if (effects.contains(Effect.ALTER) || effects.contains(Effect.PRIVILEGE) || effects.contains(Effect.COST)) {
            return "Can be undone by a second statement.";
        }
        return "Changes nothing.";
    }

    private static boolean has(StatementAnalysis statement, Effect effect) {
        return statement.effects().contains(effect);
    }
}

package dev.snowgate.sql;

import dev.snowgate.catalog.ColumnName;
import dev.snowgate.model.statement.SessionContext;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was found in a statement, once it is read to its end. */
final class FinishedStatement {
    private FinishedStatement() {}

    static StatementAnalysis of(Draft draft, TextSpan span, @Nullable SessionContext before, MadeInText text) {
        Set<ColumnName> read = new HashSet<>(draft.facts.read);
        List<OutputColumn> first = draft.open.map(OpenResult::first).orElse(draft.output);
        Optional<OutputColumn> rest = draft.open.map(OpenResult::rest);
        Stream.concat(first.stream(), rest.stream()).forEach(column -> read.addAll(column.origins()));
        draft.facts.writes.forEach(write -> read.addAll(write.sources()));
        draft.carryOver();
        draft.reading.deadline().check();
        if (draft.after.overlay().known()) {
            draft.after = draft.after.withOverlay(
                    draft.after.variables(),
                    draft.after.temporaryObjects(),
                    SessionMemory.after(draft, draft.catalogAfter()));
        }
        SessionContext context = draft.after;
        if (before != null && !draft.after.sameMeaning(before)) {
            context = draft.after.withEpoch(before.epoch() + 1);
            if (!draft.after.overlay().equals(before.overlay())) {
                draft.facts.flag(StatementAnalysis.CHANGES_OVERLAY);
            }
        }
        return new StatementAnalysis(
                draft.kind,
                draft.facts.effects,
                draft.facts.objects(),
                List.copyOf(draft.facts.functions),
                text.output(first),
                text.sources(read),
                text.sources(draft.facts.predicate),
                text.sources(draft.facts.cardinality),
                text.writes(draft.facts.writes),
                draft.unload,
                draft.facts.queryIds,
                draft.facts.lastQueryId,
                context,
                draft.afterKnown && !draft.compared,
                span,
                draft.title,
                draft.facts.flags,
                draft.facts.inside,
                rest.map(column -> text.output(List.of(column)).getFirst()));
    }
}

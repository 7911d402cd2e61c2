package dev.snowgate.sql;

import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;

/** What a statement wrote, as the statements after it in the same text meet it. */
final class WrittenValues {
    private WrittenValues() {}

    static void carryOver(Draft draft) {
        for (WriteLineage write : draft.facts.writes) {
            draft.reading.deadline().check();
            ObjectName table = write.target().object();
            boolean untraced = draft.facts.untraced.contains(write.target());
            if (!untraced
                    && !draft.isTemporary(table)
                    && !draft.overlay.containsKey(table)
                    && write.sources().stream().noneMatch(draft.facts::isProtected)) {
                continue;
            }
            draft.catalogAfter()
                    .find(table)
                    .filter(object -> object.kind() == ObjectKind.TABLE)
                    .ifPresent(object -> draft.overlay.putIfAbsent(
                            table,
                            new Rows(
                                    table.name(),
                                    table,
                                    object.columns().stream()
                                            .map(column -> FromLineage.bare(new ColumnName(table, column.name())))
                                            .toList())));
            Taint written = new Taint(
                    write.sources(),
                    untraced ? OutputColumn.Derivation.UNKNOWN : OutputColumn.Derivation.DERIVED,
                    false);
            draft.overlay.replaceAll((name, rows) -> new Rows(
                    rows.alias(),
                    rows.object(),
                    rows.columns().stream()
                            .map(column ->
                                    name.equals(table) && lands(write.target().column(), column)
                                                    || column.taint().origins().contains(write.target())
                                            ? column.withTaint(
                                                    holds(column.taint(), written)
                                                            ? column.taint()
                                                            : column.taint().or(written))
                                            : column)
                            .toList()));
        }
    }

    private static boolean lands(String written, Rows.Column column) {
        return column.isRest()
                || written.equals(ColumnName.ANY)
                || column.name().equals(written);
    }

    /** A column made of these values as they are stays so; beside a constant they could be compared with it. */
    private static boolean holds(Taint taint, Taint written) {
        return !written.isUnknown()
                && taint.origins().containsAll(written.origins())
                && !(written.origins().isEmpty() && taint.bare());
    }
}

package dev.snowgate.sql;

import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;

/** What one write leaves in its target, and in all that is made of it, for the statements after it. */
final class CarriedWrite {
    private CarriedWrite() {}

    static void into(Draft draft, WriteLineage write) {
        ObjectName table = write.target().object();
        boolean untraced = draft.facts.untraced.contains(write.target());
        if (!untraced && !draft.isTemporary(table) && write.sources().stream().noneMatch(draft.facts::isProtected)) {
            return;
        }
        draft.catalogAfter()
                .find(table)
                .filter(object -> object.kind() == ObjectKind.TABLE)
                .ifPresent(object -> draft.overlay.putIfAbsent(
                        table, new Rows(table.name(), table, CreatedObject.own(table, object.columns()))));
        Taint written = new Taint(
                write.sources(), untraced ? OutputColumn.Derivation.UNKNOWN : OutputColumn.Derivation.DERIVED, false);
        draft.overlay.replaceAll((name, rows) -> new Rows(
                rows.alias(),
                rows.object(),
                rows.columns().stream()
                        .map(column ->
                                name.equals(table) && lands(write.target().column(), column)
                                                || column.taint().origins().contains(write.target())
                                        ? with(column, written)
                                        : column)
                        .toList()));
    }

    private static boolean lands(String written, Rows.Column column) {
        return column.isRest()
                || written.equals(ColumnName.ANY)
                || column.name().equals(written);
    }

    /** A column made of these values as they are stays so. */
    private static Rows.Column with(Rows.Column column, Taint written) {
        boolean holds = !written.isUnknown() && column.taint().origins().containsAll(written.origins());
        return column.withTaint(holds ? column.taint() : column.taint().or(written));
    }
}

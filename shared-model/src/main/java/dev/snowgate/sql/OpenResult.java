package dev.snowgate.sql;

import java.util.List;

/**
 * A result whose number of columns depends on data.
 *
 * @param first the columns before the first that is not known by place
 * @param rest what any column after them may reveal
 */
record OpenResult(List<OutputColumn> first, OutputColumn rest) {
    OpenResult {
        first = List.copyOf(first);
    }

    /** Columns of which at least one stands for any number; whatever follows it counts as part of it. */
    static OpenResult of(List<Rows.Column> columns) {
        int known = 0;
        while (!columns.get(known).isRest()) {
            known++;
        }
        Taint all = Rows.of(columns).at(known);
        return new OpenResult(
                Draft.output(columns.subList(0, known)), new OutputColumn("", all.origins(), all.derivation()));
    }
}

package dev.snowgate.gateway.snowflake.result;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Masks the rows that travel in the reply itself. */
final class InlineRows {
    private InlineRows() {}

    /**
     * Masks in place.
     *
     * @param strict whether each row must have the announced width
     * @return cells masked, nulls not counted
     */
    static long mask(ArrayNode rows, CellMasks masks, boolean strict) {
        List<Integer> masked = masks.maskedColumns();
        long cells = 0;
        for (JsonNode node : rows) {
            if (!(node instanceof ArrayNode row)) {
                throw new ResultFault("a row of the result is not a list");
            }
            if (strict && row.size() != masks.width()) {
                throw new ResultFault("a row has " + row.size() + " cells where " + masks.width() + " were announced");
            }
            for (int column : masked) {
                cells += mask(row, column, masks);
            }
        }
        return cells;
    }

    private static int mask(ArrayNode row, int column, CellMasks masks) {
        JsonNode cell = row.get(column);
        if (cell.isNull()) {
            return 0;
        }
        @Nullable String masked = cell.isString() ? masks.apply(column, cell.stringValue()) : null;
        if (masked == null) {
            row.setNull(column);
        } else if (CellMasks.isUntouched(cell.stringValue(), masked)) {
            return 0;
        } else {
            row.set(column, row.stringNode(masked));
        }
        return 1;
    }
}

package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.gateway.statement.ReplyColumn;
import dev.snowgate.masking.ColumnMask;
import dev.snowgate.masking.DetectionCounts;
import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.masking.MaskedType;
import dev.snowgate.masking.Masks;
import dev.snowgate.masking.Utf8Sink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The masks of one result by position, with each column's type. Counts what detectors find, so it belongs to one page or
 * chunk and is not thread-safe.
 */
final class CellMasks {
    private final Masks masks;
    private final int width;
    private final @Nullable Mask[] byColumn;
    private final @Nullable ColumnMask[] ready;
    private final String[] types;
    private final DetectionCounts detections = new DetectionCounts();

    private final HeldMemory.Share memory;

    private CellMasks(Masks masks, int width, @Nullable Mask[] byColumn, String[] types, HeldMemory.Share memory) {
        this.memory = memory;
        this.masks = masks;
        this.width = width;
        this.byColumn = byColumn;
        this.types = types;
        this.ready = new ColumnMask[width];
        for (int i = 0; i < width; i++) {
            Mask mask = byColumn[i];
            ready[i] = mask == null ? null : masks.column(mask, types[i]);
        }
    }

    /**
     * Of a plan and the columns that the reply announced.
     *
     * @param types lower-case logical types, one per column
     */
    static CellMasks of(Masks masks, MaskPlan plan, List<String> types) {
        return of(masks, plan, types, HeldMemory.UNLIMITED.share());
    }

    /** The same with the memory that the page may take, which whoever works on the page gives back. */
    static CellMasks of(Masks masks, MaskPlan plan, List<String> types, HeldMemory.Share memory) {
        @Nullable Mask[] byColumn = new Mask[types.size()];
        for (int i = 0; i < byColumn.length; i++) {
            Mask mask = plan.column(i).flatMap(MaskPlan.PlannedColumn::mask).orElse(null);
            byColumn[i] = mask == null || masks.leaves(mask, types.get(i)) ? null : mask;
        }
        return new CellMasks(masks, types.size(), byColumn, types.toArray(String[]::new), memory);
    }

    static List<String> types(List<ReplyColumn> columns) {
        return columns.stream().map(ReplyColumn::type).toList();
    }

    static List<String> names(List<ReplyColumn> columns) {
        return columns.stream().map(ReplyColumn::name).toList();
    }

    /** Memory for what must be whole before it leaves. */
    HeldMemory.Share memory() {
        return memory;
    }

    /** How many columns each row must have. */
    int width() {
        return width;
    }

    boolean masks(int column) {
        return column < width && byColumn[column] != null;
    }

    boolean masksAnything() {
        return !maskedColumns().isEmpty();
    }

    List<Integer> maskedColumns() {
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            if (byColumn[i] != null) {
                columns.add(i);
            }
        }
        return List.copyOf(columns);
    }

    /** The announced type of a column, in lower case. */
    String type(int column) {
        return types[column];
    }

    /** Whether the mask of a column makes every cell null. */
    boolean producesNull(int column) {
        return ready(column).producesNull();
    }

    /** What a masked column says of itself; sizes that are not stated are null. */
    MaskedType typeAfter(
            int column,
            boolean nullable,
            @Nullable Long length,
            @Nullable Long byteLength,
            @Nullable Integer precision,
            @Nullable Integer scale) {
        return masks.typeAfter(
                mask(column), new MaskedType(types[column], nullable, length, byteLength, precision, scale));
    }

    /** The masked cell; the column must have a mask. */
    @Nullable
    String apply(int column, @Nullable String cell) {
        return ready(column).apply(cell, detections);
    }

    /** Writes the masked cell of a column that has a mask; false if nothing was written: then {@link #apply} is to be asked. */
    boolean writeUtf8(int column, byte[] cell, int offset, int length, Utf8Sink sink) {
        return ready(column).writeUtf8(cell, offset, length, sink);
    }

    /** What masks a column that has a mask; detections found by it are to be counted in {@link #detections}. */
    ColumnMask ready(int column) {
        ColumnMask mask = ready[column];
        if (mask == null) {
            throw new IllegalArgumentException("column without a mask");
        }
        return mask;
    }

    private Mask mask(int column) {
        Mask mask = byColumn[column];
        if (mask == null) {
            throw new IllegalArgumentException("column without a mask");
        }
        return mask;
    }

    /** Whether the mask found nothing to mask in that cell: then it leaves as it came and does not count as masked. */
    @SuppressWarnings("ReferenceEquality") // masks promise to answer the very cell then
    static boolean isUntouched(@Nullable String cell, @Nullable String masked) {
        return masked == cell;
    }

    /** What detectors have found in the cells so far. */
    DetectionCounts detections() {
        return detections;
    }
}

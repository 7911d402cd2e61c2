package dev.snowgate.masking;

import org.jspecify.annotations.Nullable;

/**
 * One mask on one type, looked up once for a whole column. Thread-safe. {@link #writeUtf8} is the fast way and answers the same as
 * {@link #apply}, which knows every cell.
 */
public final class ColumnMask {
    private final CellMask mask;
    private final CellType type;
    private final boolean keeps;
    private final @Nullable Utf8Mask utf8;

    ColumnMask(CellMask mask, CellType type) {
        this.mask = mask;
        this.type = type;
        this.keeps = mask.keeps(type);
        this.utf8 = keeps ? mask.inUtf8(type) : null;
    }

    /** Whether every cell becomes null. */
    public boolean producesNull() {
        return !keeps;
    }

    /**
     * The masked cell, null for null. Where a detection finds nothing, the answer is the very cell that was given.
     *
     * @param counts to which is added what detectors found
     */
    public @Nullable String apply(@Nullable String cell, DetectionCounts counts) {
        return cell == null || !keeps ? null : mask.apply(type, cell, counts);
    }

    /**
     * Masks a cell in UTF-8 without making a text of it. What is no ASCII is left to the text.
     *
     * @param sink must not be backed by the array of the cell
     * @return whether the masked cell was written; if not, nothing was, and {@link #apply} is to be asked
     */
    public boolean writeUtf8(byte[] cell, int offset, int length, Utf8Sink sink) {
        return utf8 != null && Ascii.isAll(cell, offset, length) && writeAscii(utf8, cell, offset, length, sink);
    }

    private static boolean writeAscii(Utf8Mask mask, byte[] cell, int offset, int length, Utf8Sink sink) {
        byte[] out = sink.room(mask.most(length) + Utf8Mask.SLACK);
        int end = mask.write(cell, offset, offset + length, out, sink.size());
        if (end == Utf8Mask.NOT_WRITTEN) {
            return false;
        }
        sink.grow(end - sink.size());
        return true;
    }

    /**
     * Masks all cells of a column that was read, where that can be done without looking at one as a text.
     *
     * @return whether the masked cells were written; if not, {@link #writeUtf8} and {@link #apply} are to be asked for each
     */
    public boolean writeAll(Utf8Column column) {
        if (utf8 == null
                || !column.makeRoom((long) column.rows * utf8.most(0) + (utf8.isBlind() ? 0 : column.size()))) {
            return false;
        }
        boolean readable = utf8.isBlind() || Ascii.isAll(column.bytes, column.start(0), column.size());
        return readable && utf8.writeAll(column);
    }
}

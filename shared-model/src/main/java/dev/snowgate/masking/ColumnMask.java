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
        return Ascii.isAll(cell, offset, length) && writeAscii(cell, offset, length, sink);
    }

    /** The same for a cell of which {@link #isAscii} has been told before, for example with a whole column. */
    public boolean writeAscii(byte[] cell, int offset, int length, Utf8Sink sink) {
        if (utf8 == null) {
            return false;
        }
        utf8.write(cell, offset, length, sink);
        return true;
    }

    /** Whether all of these bytes are ASCII. */
    public static boolean isAscii(byte[] bytes, int offset, int length) {
        return Ascii.isAll(bytes, offset, length);
    }
}

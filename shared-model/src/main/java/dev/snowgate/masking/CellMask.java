package dev.snowgate.masking;

import org.jspecify.annotations.Nullable;

/** One mask, ready for cells. Immutable and thread-safe. */
interface CellMask {
    /** Whether it makes anything but null of cells of that type. */
    boolean keeps(CellType type);

    /** The masked cell of a type that it keeps. */
    @Nullable
    String apply(CellType type, String cell, DetectionCounts counts);

    /** The same on bytes, for a type that it keeps; null if only texts are known to it. */
    default @Nullable Utf8Mask inUtf8(CellType type) {
        return null;
    }

    /** Whether cells of that type are none of its business and stay as they are. */
    default boolean leaves(CellType type) {
        return false;
    }

    /**
     * The most characters (bytes of {@code binary}) that it makes of a value of at most {@code length} ones.
     *
     * @param length 0 or more
     */
    default long mostCharacters(CellType type, long length) {
        return length;
    }

    /** The most digits that it makes of a number. */
    default int mostDigits(int precision, int scale) {
        return precision;
    }

    /** Makes null of everything. */
    enum AlwaysNull implements CellMask {
        ONLY;

        @Override
        public boolean keeps(CellType type) {
            return false;
        }

        @Override
        public @Nullable String apply(CellType type, String cell, DetectionCounts counts) {
            return null;
        }
    }
}

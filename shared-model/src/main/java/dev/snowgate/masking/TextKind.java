package dev.snowgate.masking;

/** Kinds of result columns that hold text, for the second net. */
public enum TextKind {
    /** Texts. */
    TEXT,
    /** Variants, objects, arrays and maps. */
    VARIANT;

    static boolean isAmong(java.util.Set<TextKind> kinds, CellType type) {
        return type == CellType.TEXT && kinds.contains(TEXT)
                || type == CellType.SEMI_STRUCTURED && kinds.contains(VARIANT);
    }
}

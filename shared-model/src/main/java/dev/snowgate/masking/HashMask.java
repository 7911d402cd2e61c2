package dev.snowgate.masking;

import java.util.HexFormat;
import java.util.function.Function;

/** The keyed digest, cut to 128 bits: hex digits in a text, bytes in a binary. */
record HashMask(Function<String, byte[]> digest) implements CellMask {
    private static final int BYTES = 16;

    @Override
    public boolean keeps(CellType type) {
        return type == CellType.TEXT || type == CellType.BINARY;
    }

    @Override
    public String apply(CellType type, String cell, DetectionCounts counts) {
        HexFormat hex = type == CellType.BINARY ? HexFormat.of().withUpperCase() : HexFormat.of();
        return hex.formatHex(digest.apply(cell), 0, BYTES);
    }

    @Override
    public long mostCharacters(CellType type, long length) {
        return type == CellType.BINARY ? BYTES : 2 * BYTES;
    }
}

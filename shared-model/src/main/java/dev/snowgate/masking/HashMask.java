package dev.snowgate.masking;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Supplier;
import javax.crypto.Mac;

/**
 * The keyed digest, cut to 128 bits: hex digits in a text, bytes in a binary.
 *
 * @param macs the calling thread's own one
 */
record HashMask(Supplier<Mac> macs) implements CellMask {
    private static final int BYTES = 16;

    @Override
    public boolean keeps(CellType type) {
        return type == CellType.TEXT || type == CellType.BINARY;
    }

    @Override
    public String apply(CellType type, String cell, DetectionCounts counts) {
        HexFormat hex = type == CellType.BINARY ? HexFormat.of().withUpperCase() : HexFormat.of();
        return hex.formatHex(macs.get().doFinal(cell.getBytes(StandardCharsets.UTF_8)), 0, BYTES);
    }

    @Override
    public Utf8Mask inUtf8(CellType type) {
        return new Utf8Hash(macs, BYTES, type == CellType.BINARY ? Utf8Hash.CAPITAL : Utf8Hash.SMALL);
    }

    @Override
    public long mostCharacters(CellType type, long length) {
        return type == CellType.BINARY ? BYTES : 2 * BYTES;
    }
}

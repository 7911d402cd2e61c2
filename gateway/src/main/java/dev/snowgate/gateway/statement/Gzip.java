package dev.snowgate.gateway.statement;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Puts gzip members (RFC 1952) together from deflate blocks that exist, so that nothing is compressed twice. */
final class Gzip {
    /** Deflate, no flags, no time, fastest, unknown system. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, (byte) 0xff};
    /** An empty block that says that it is the last one (RFC 1951). */
    static final byte[] LAST_BLOCK = {3, 0};

    private static final long POLYNOMIAL = 0xEDB88320L;

    private Gzip() {}

    /** A member of few bytes. */
    static byte[] compressed(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(64, bytes.length / 4));
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /** A member of a deflated page between two texts, in pieces. */
    static List<byte[]> member(byte[] before, PageBytes page, byte[] after) {
        List<byte[]> pieces = new ArrayList<>();
        pieces.add(HEADER);
        pieces.add(deflated(before, false));
        pieces.addAll(page.blocks());
        pieces.add(deflated(after, true));
        long crc = crc(crc(before), page.crc(), page.length());
        pieces.add(trailer(crc(crc, crc(after), after.length), before.length + page.length() + after.length));
        return pieces;
    }

    /** Blocks that end on a byte; the last one of the stream, or one after which others can follow. */
    private static byte[] deflated(byte[] bytes, boolean last) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(bytes);
            if (last) {
                deflater.finish();
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2 + 64);
            byte[] block = new byte[4 * 1024];
            int made;
            do {
                made = deflater.deflate(block, 0, block.length, Deflater.SYNC_FLUSH);
                out.write(block, 0, made);
            } while (made == block.length);
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    private static byte[] trailer(long crc, long length) {
        byte[] trailer = new byte[8];
        for (int i = 0; i < 4; i++) {
            trailer[i] = (byte) (crc >>> 8 * i);
            trailer[4 + i] = (byte) (length >>> 8 * i);
        }
        return trailer;
    }

    /**
     * The CRC-32 of two runs of bytes after one another, from those of each. Appending a zero bit is a linear map of the checksum, so
     * appending {@code length} bytes is that map's power, found by squaring.
     *
     * @param length bytes of the second run
     */
    static long crc(long first, long second, long length) {
        long[] map = new long[32];
        map[0] = POLYNOMIAL;
        for (int i = 1; i < 32; i++) {
            map[i] = 1L << (i - 1);
        }
        long shifted = first;
        // from one bit to one byte: three squarings
        map = squared(squared(squared(map)));
        for (long left = length; left > 0; left >>= 1) {
            if ((left & 1) != 0) {
                shifted = times(map, shifted);
            }
            map = squared(map);
        }
        return shifted ^ second;
    }

    private static long[] squared(long[] map) {
        long[] square = new long[32];
        for (int i = 0; i < 32; i++) {
            square[i] = times(map, map[i]);
        }
        return square;
    }

    private static long times(long[] map, long vector) {
        long sum = 0;
        int row = 0;
        for (long left = vector; left != 0; left >>>= 1) {
            if ((left & 1) != 0) {
                sum ^= map[row];
            }
            row++;
        }
        return sum;
    }
}

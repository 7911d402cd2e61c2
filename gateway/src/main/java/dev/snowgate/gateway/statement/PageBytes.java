package dev.snowgate.gateway.statement;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * The rows of a reply as they leave: kept until they have left, and therefore deflated unless they are few. They are deflated once, for
 * the recording and for the client. Never changes; thread-safe. Holds values, so {@code toString} shows the size only.
 */
public final class PageBytes implements ByteSource {
    private final List<byte[]> blocks;
    private final boolean deflated;
    private final long length;
    private final long crc;

    private PageBytes(List<byte[]> blocks, boolean deflated, long length, long crc) {
        this.blocks = List.copyOf(blocks);
        this.deflated = deflated;
        this.length = length;
        this.crc = crc;
    }

    /** Few bytes, kept as they are. */
    public static PageBytes of(byte[] bytes) {
        return new PageBytes(List.of(bytes), false, bytes.length, 0);
    }

    /** Blocks of a raw deflate stream that is not ended. */
    static PageBytes deflated(List<byte[]> blocks, long length, long crc) {
        return new PageBytes(blocks, true, length, crc);
    }

    /** Bytes before they are deflated. */
    public long length() {
        return length;
    }

    /** Bytes of memory that it takes. */
    public long held() {
        return blocks.stream().mapToLong(block -> block.length).sum();
    }

    /** Whether it is deflated. */
    public boolean isDeflated() {
        return deflated;
    }

    /** Raw deflate blocks, none of them the last one of its stream, ending on a byte. */
    List<byte[]> blocks() {
        return blocks;
    }

    /** CRC-32 of the bytes; only if it is deflated. */
    long crc() {
        return crc;
    }

    @Override
    public InputStream open() {
        return deflated ? inflating() : new ByteArrayInputStream(blocks.getFirst());
    }

    @Override
    public byte[] bytes() {
        return deflated ? ByteSource.super.bytes() : blocks.getFirst();
    }

    private InputStream inflating() {
        Inflater inflater = new Inflater(true);
        List<InputStream> parts = new ArrayList<>();
        blocks.forEach(block -> parts.add(new ByteArrayInputStream(block)));
        parts.add(new ByteArrayInputStream(Gzip.LAST_BLOCK));
        return new InflaterInputStream(new SequenceInputStream(Collections.enumeration(parts)), inflater, STEP) {
            @Override
            public void close() throws IOException {
                super.close();
                inflater.end();
            }
        };
    }

    /** The bytes as one gzip member. */
    public byte[] gzip() {
        if (!deflated) {
            return Gzip.compressed(blocks.getFirst());
        }
        List<byte[]> pieces = gzip(new byte[0], new byte[0]);
        byte[] member = new byte
                [Math.toIntExact(
                        pieces.stream().mapToLong(piece -> piece.length).sum())];
        int at = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, member, at, piece.length);
            at += piece.length;
        }
        return member;
    }

    /** The bytes between two others as one gzip member, in pieces; only if they are deflated. */
    public List<byte[]> gzip(byte[] before, byte[] after) {
        if (!deflated) {
            throw new IllegalStateException("kept as it is");
        }
        return Gzip.member(before, this, after);
    }

    @Override
    public String toString() {
        return "PageBytes[" + length + " bytes]";
    }
}

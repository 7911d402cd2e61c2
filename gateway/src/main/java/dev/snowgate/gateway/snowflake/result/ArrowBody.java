package dev.snowgate.gateway.snowflake.result;

import java.util.Arrays;

/**
 * The body of a message, in the pieces in which it came: most bytes of a stream are those of columns that are not masked, and leave
 * from where they lie. Not thread-safe.
 */
final class ArrowBody {
    /** Pieces that come shorter than this are copied behind each other, so that few bytes never take the memory of many pieces. */
    static final int SHORT = 4 * 1024;

    private static final int BLOCK = 32 * 1024;

    private final HeldMemory.Share memory;
    private byte[][] pieces = new byte[16][];
    /** Where each piece begins in its array. */
    private int[] froms = new int[16];
    /** Where each piece begins in the body. */
    private int[] starts = new int[16];

    private int count;
    private int size;

    /** Arrays of its own, which serve every message. */
    private byte[][] blocks = new byte[4][];

    private int blocksUsed;
    private int blockSize = BLOCK;
    private long kept;
    private long counted;

    /** One that takes there what it holds. */
    ArrowBody(HeldMemory.Share memory) {
        this.memory = memory;
    }

    /** Adds a copy of some bytes. */
    void add(byte[] bytes, int from, int length) {
        int at = from;
        int end = from + length;
        while (at < end) {
            if (blockSize == BLOCK) {
                nextBlock();
            }
            byte[] block = blocks[blocksUsed - 1];
            int more = Math.min(end - at, BLOCK - blockSize);
            System.arraycopy(bytes, at, block, blockSize, more);
            if (count == 0 || pieces[count - 1] != block) {
                addPiece(block, blockSize);
            }
            blockSize += more;
            size += more;
            at += more;
        }
    }

    /** Adds bytes that nobody changes any more, without a copy unless they are few. */
    void keep(byte[] bytes, int from, int length) {
        if (length < SHORT) {
            add(bytes, from, length);
            return;
        }
        kept += length;
        count();
        addPiece(bytes, from);
        size += length;
    }

    int size() {
        return size;
    }

    /** Gives a run of it to an output. */
    void write(int offset, int length, ByteOutput out) {
        if (offset < 0 || length < 0 || length > size - offset) {
            throw new IndexOutOfBoundsException("no bytes of the body");
        }
        if (length == 0) {
            return;
        }
        int piece = Arrays.binarySearch(starts, 0, count, offset);
        piece = piece < 0 ? -piece - 2 : piece;
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int pieceEnd = piece + 1 < count ? starts[piece + 1] : size;
            int more = Math.min(end, pieceEnd) - at;
            out.add(pieces[piece], froms[piece] + at - starts[piece], more);
            at += more;
            piece++;
        }
    }

    /** Forgets all of it: another message follows. */
    void clear() {
        Arrays.fill(pieces, 0, count, null);
        count = 0;
        size = 0;
        kept = 0;
        blocksUsed = 0;
        blockSize = BLOCK;
    }

    private void addPiece(byte[] bytes, int from) {
        if (count == pieces.length) {
            pieces = Arrays.copyOf(pieces, 2 * count);
            froms = Arrays.copyOf(froms, 2 * count);
            starts = Arrays.copyOf(starts, 2 * count);
        }
        pieces[count] = bytes;
        froms[count] = from;
        starts[count++] = size;
    }

    private void nextBlock() {
        if (blocksUsed == blocks.length) {
            blocks = Arrays.copyOf(blocks, 2 * blocksUsed);
        }
        blocksUsed++;
        if (blocks[blocksUsed - 1] == null) {
            count();
            blocks[blocksUsed - 1] = new byte[BLOCK];
        }
        blockSize = 0;
    }

    /** The next message needs no more than this one, so only what is beyond the most so far is taken. */
    private void count() {
        long held = kept + (long) BLOCK * blocksUsed;
        if (held > counted) {
            memory.take(held - counted);
            counted = held;
        }
    }
}

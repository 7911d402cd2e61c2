package dev.snowgate.gateway.snowflake.result;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates a gzip stream fed in pieces, in bounded steps, with a limit on the inflated size. Checks header, checksum and length;
 * whatever follows is a fault. Not thread-safe; {@link #close} frees native memory.
 */
final class Gunzip implements AutoCloseable {
    private static final int FHCRC = 2;
    private static final int FEXTRA = 4;
    private static final int FNAME = 8;
    private static final int FCOMMENT = 16;
    private static final int TRAILER = 8;
    private static final int MOST_HEADER = 64 * 1024;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final ByteSink header = new ByteSink(64, MOST_HEADER);
    private final byte[] trailer = new byte[TRAILER];
    private final long most;
    private final Ratio ratio;
    private byte[] piece = new byte[0];
    private int pieceEnd;
    private int pieceAt;
    private int trailerSize;
    private long out;
    private boolean headerDone;
    private boolean ended;

    /** With a limit on the inflated bytes, and the one on their ratio that holds for every chunk. */
    Gunzip(long most) {
        this(most, Ratio.OF_CHUNKS);
    }

    Gunzip(long most, Ratio ratio) {
        this.most = most;
        this.ratio = ratio;
    }

    /**
     * How many inflated bytes one compressed byte may give. Rows of constants reach several hundred, so the limit begins at a size that
     * Snowflake's chunks do not have: from there on it tells a bomb from a result.
     *
     * @param free inflated bytes from which on it holds
     * @param most inflated bytes per compressed byte
     */
    record Ratio(long free, long most) {
        static final Ratio OF_CHUNKS = new Ratio(256L * 1024 * 1024, 100);
    }

    /** Whether that {@code Content-Encoding} is gzip; fails if it is neither gzip nor none. */
    static boolean isNamed(String contentEncoding) {
        return switch (contentEncoding) {
            case "gzip", "x-gzip" -> true;
            case "", "identity" -> false;
            default -> throw new ResultFault("its compression is not understood");
        };
    }

    /** The next compressed piece; the one before must have been read to its end. */
    void feed(byte[] bytes, int offset, int length) {
        if (!headerDone) {
            int before = header.size();
            header.add(bytes, offset, Math.min(length, MOST_HEADER - before));
            int size = headerSize();
            if (size < 0) {
                if (header.size() == MOST_HEADER) {
                    throw new ResultFault("the result's compressed bytes are damaged");
                }
                return;
            }
            headerDone = true;
            set(bytes, offset + size - before, offset + length);
            return;
        }
        set(bytes, offset, offset + length);
    }

    /** Inflates into the buffer; 0 means that the next piece is needed or the stream is over. */
    int read(byte[] buffer) {
        if (!headerDone) {
            return 0;
        }
        if (inflater.finished()) {
            readTrailer();
            return 0;
        }
        try {
            int count = inflater.inflate(buffer);
            if (inflater.needsDictionary()) {
                throw new ResultFault("the result's compression is not understood");
            }
            out += count;
            if (out > most || out > ratio.free && out > ratio.most * inflater.getBytesRead()) {
                throw new ResultFault("the result inflates to more than is allowed");
            }
            crc.update(buffer, 0, count);
            if (inflater.finished()) {
                pieceAt = pieceEnd - inflater.getRemaining();
                readTrailer();
            }
            return count;
        } catch (DataFormatException e) {
            throw new ResultFault("the result's compressed bytes are damaged");
        }
    }

    /** Fails unless the whole stream came and its checksum is right. */
    void finish() {
        readTrailer();
        if (!ended) {
            throw new ResultFault("the result's compressed bytes end too early");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }

    private void set(byte[] bytes, int from, int end) {
        piece = bytes;
        pieceAt = from;
        pieceEnd = end;
        if (!inflater.finished()) {
            inflater.setInput(bytes, from, end - from);
        }
    }

    private void readTrailer() {
        if (!headerDone || !inflater.finished()) {
            return;
        }
        while (trailerSize < TRAILER && pieceAt < pieceEnd) {
            trailer[trailerSize++] = piece[pieceAt++];
        }
        if (trailerSize == TRAILER && !ended) {
            if (little(0) != crc.getValue() || little(4) != (out & 0xFFFF_FFFFL)) {
                throw new ResultFault("the result's checksum is wrong");
            }
            ended = true;
        }
        if (ended && pieceAt < pieceEnd) {
            throw new ResultFault("bytes follow the end of the result");
        }
    }

    private long little(int at) {
        long value = 0;
        for (int i = 3; i >= 0; i--) {
            value = (value << 8) | (trailer[at + i] & 0xFF);
        }
        return value;
    }

    /** Size of the header in bytes, -1 while it is not complete. */
    private int headerSize() {
        byte[] b = header.array();
        int size = header.size();
        if ((size > 0 && (b[0] & 0xFF) != 0x1F) || (size > 1 && (b[1] & 0xFF) != 0x8B) || (size > 2 && b[2] != 8)) {
            throw new ResultFault("the result is not gzip, though it says so");
        }
        if (size < 10) {
            return -1;
        }
        int flags = b[3];
        int at = 10;
        if ((flags & FEXTRA) != 0) {
            if (size < at + 2) {
                return -1;
            }
            at += 2 + ((b[at] & 0xFF) | ((b[at + 1] & 0xFF) << 8));
        }
        for (int flag : new int[] {FNAME, FCOMMENT}) {
            if ((flags & flag) != 0) {
                while (at < size && b[at] != 0) {
                    at++;
                }
                at++;
            }
        }
        if ((flags & FHCRC) != 0) {
            at += 2;
        }
        return at <= size ? at : -1;
    }
}

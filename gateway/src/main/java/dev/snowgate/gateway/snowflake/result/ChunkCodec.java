package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.masking.DetectionCounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One chunk or partition on its way: compressed bytes in, masked and compressed bytes out, in steps of bounded size, so that
 * neither a large row group nor a slow client grows memory. Not thread-safe; {@link #close} frees native memory.
 */
final class ChunkCodec implements ChunkWork {
    private static final int STEP = 64 * 1024;
    private final Gunzip gunzip;
    private final boolean gzipIn;
    private final RowMasker masker;
    private final DetectionCounts detections;
    private final Output output;
    private final MessageDigest digest;
    private final byte[] inflated = new byte[STEP];
    private final HeldMemory.Share memory;
    private final ByteSink masked;
    private byte[] plain = new byte[0];
    private int plainAt;
    private long bytes;
    private final long most;
    private long taken;

    private final @Nullable PartitionFrame frame;
    private final ByteSink framed = new ByteSink(64, Integer.MAX_VALUE - 16);

    /**
     * How the body comes and leaves.
     *
     * @param gzipIn whether the input is gzip
     * @param gzipOut whether the output is to be gzip
     * @param mostInflated limit of the input in bytes, inflated if it is gzip
     */
    record Form(boolean gzipIn, boolean gzipOut, long mostInflated) {}

    /** A chunk in which nothing is counted. */
    ChunkCodec(RowMasker masker, boolean gzipIn, boolean gzipOut, long mostInflated) {
        this(
                masker,
                new DetectionCounts(),
                HeldMemory.UNLIMITED.share(),
                new Form(gzipIn, gzipOut, mostInflated),
                null);
    }

    /**
     * @param masker made for this body alone, with these masks
     * @param frame what stands around the rows that leave; null for nothing
     */
    ChunkCodec(RowMasker masker, CellMasks masks, Form form, @Nullable PartitionFrame frame) {
        this(masker, masks.detections(), masks.memory(), form, frame);
    }

    private ChunkCodec(
            RowMasker masker,
            DetectionCounts detections,
            HeldMemory.Share memory,
            Form form,
            @Nullable PartitionFrame frame) {
        this.memory = memory;
        // What is added at a time is there three times: here, where it is compressed or held back, and on its way.
        this.masked = new ByteSink(STEP, Integer.MAX_VALUE - 16, memory, 3);
        this.gunzip = new Gunzip(form.mostInflated());
        this.most = form.mostInflated();
        this.gzipIn = form.gzipIn();
        this.masker = masker;
        this.detections = detections;
        this.frame = frame;
        this.output = new Output(form.gzipOut());
        this.digest = Sha256.create();
    }

    @Override
    public void feed(byte[] piece) {
        if (gzipIn) {
            gunzip.feed(piece, 0, piece.length);
        } else {
            plain = piece;
            plainAt = 0;
        }
    }

    @Override
    public byte @Nullable [] step() {
        int count = next();
        if (count == 0) {
            return null;
        }
        masker.feed(inflated, 0, count, masked);
        return write();
    }

    @Override
    public byte[] finish() {
        if (gzipIn) {
            gunzip.finish();
        }
        masker.finish();
        return frame == null ? output.end() : end(frame);
    }

    @Override
    public long rows() {
        return masker.rows();
    }

    @Override
    public long maskedCells() {
        return masker.maskedCells();
    }

    @Override
    public String detections() {
        return detections.toString();
    }

    /** Bytes of the masked rows before compression. */
    @Override
    public long bytes() {
        return bytes;
    }

    /** SHA-256 of the masked rows before compression and before nulls are written otherwise; only once, at the end. */
    @Override
    public byte[] digest() {
        return digest.digest();
    }

    @Override
    public void close() {
        gunzip.close();
        output.close();
        memory.close();
    }

    private int next() {
        if (gzipIn) {
            return gunzip.read(inflated);
        }
        int count = Math.min(STEP, plain.length - plainAt);
        System.arraycopy(plain, plainAt, inflated, 0, count);
        plainAt += count;
        taken += count;
        if (taken > most) {
            throw new ResultFault("it is larger than it may be");
        }
        return count;
    }

    private byte[] write() {
        if (masked.size() == 0) {
            return new byte[0];
        }
        digest.update(masked.array(), 0, masked.size());
        bytes += masked.size();
        byte[] written;
        if (frame == null) {
            written = output.write(masked.array(), masked.size());
        } else {
            frame.write(masked.array(), masked.size(), framed);
            written = output.write(framed.array(), framed.size());
            framed.clear();
        }
        masked.clear();
        return written;
    }

    private byte[] end(PartitionFrame around) {
        around.end(framed);
        byte[] before = output.write(framed.array(), framed.size());
        byte[] last = output.end();
        byte[] both = Arrays.copyOf(before, before.length + last.length);
        System.arraycopy(last, 0, both, before.length, last.length);
        return both;
    }

    /** The bytes to the client, compressed at the fastest level or as they are. */
    private static final class Output implements AutoCloseable {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(STEP);
        private final @Nullable FastGzip gzip;
        /** The newest plain piece stays back, so that the last one leaves only from {@link #end}. */
        private byte[] held = new byte[0];

        Output(boolean compressed) {
            try {
                gzip = compressed ? new FastGzip(bytes) : null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        byte[] write(byte[] source, int length) {
            try {
                if (gzip == null) {
                    byte[] before = held;
                    held = Arrays.copyOf(source, length);
                    return before;
                }
                gzip.write(source, 0, length);
                return take();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        byte[] end() {
            try {
                if (gzip == null) {
                    return held;
                }
                gzip.finish();
                return take();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private byte[] take() {
            byte[] taken = bytes.toByteArray();
            bytes.reset();
            return taken;
        }

        @Override
        public void close() {
            if (gzip != null) {
                gzip.free();
            }
        }
    }

    /** Level 1: compression is the cost of a chunk, and level 1 is four times as fast as the default. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(ByteArrayOutputStream target) throws IOException {
            super(target, STEP);
            def.setLevel(Deflater.BEST_SPEED);
        }

        void free() {
            def.end();
        }
    }
}

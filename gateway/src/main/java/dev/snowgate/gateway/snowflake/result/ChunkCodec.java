package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.masking.DetectionCounts;
import java.io.IOException;
import java.io.OutputStream;
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
    private final Leaving leaving;
    private final Output output;
    private final byte[] inflated;
    private final HeldMemory.Share memory;
    private byte[] plain = new byte[0];
    private int plainAt;
    private final long most;
    private long taken;

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
        this.gunzip = new Gunzip(form.mostInflated());
        this.most = form.mostInflated();
        this.gzipIn = form.gzipIn();
        this.inflated = new byte[gzipIn ? STEP : 0];
        this.masker = masker;
        this.detections = detections;
        this.output = new Output(form.gzipOut(), memory);
        this.leaving = new Leaving(output, frame);
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
        if (gzipIn ? !stepInflated() : !stepPlain()) {
            return null;
        }
        leaving.flush();
        return output.take();
    }

    private boolean stepInflated() {
        int count = gunzip.read(inflated);
        masker.feed(inflated, 0, count, leaving);
        return count > 0;
    }

    private boolean stepPlain() {
        int count = Math.min(STEP, plain.length - plainAt);
        taken += count;
        if (taken > most) {
            throw new ResultFault("it is larger than it may be");
        }
        masker.give(plain, plainAt, count, leaving);
        plainAt += count;
        return count > 0;
    }

    @Override
    public byte[] finish() {
        if (gzipIn) {
            gunzip.finish();
        }
        masker.finish();
        leaving.end();
        return output.end();
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
        return leaving.bytes;
    }

    /** SHA-256 of the masked rows before compression and before nulls are written otherwise; only once, at the end. */
    @Override
    public byte[] digest() {
        return leaving.digest.digest();
    }

    @Override
    public void close() {
        gunzip.close();
        output.close();
        memory.close();
    }

    /** What leaves the masker: digested, and given on. Little of it is gathered, because each piece takes a call of native code. */
    private static final class Leaving implements ByteOutput {
        private static final int LITTLE = 2 * 1024;
        private final byte[] gathered = new byte[STEP / 2];
        private int size;
        private final MessageDigest digest = Sha256.create();
        private long bytes;
        private final Output output;
        private final @Nullable PartitionFrame frame;
        private final ByteSink framed = new ByteSink(64, Integer.MAX_VALUE - 16);

        Leaving(Output output, @Nullable PartitionFrame frame) {
            this.output = output;
            this.frame = frame;
        }

        @Override
        public void add(byte value) {
            if (size == gathered.length) {
                flush();
            }
            gathered[size++] = value;
        }

        @Override
        public void add(byte[] source, int offset, int length) {
            if (length > LITTLE) {
                flush();
                pass(source, offset, length);
                return;
            }
            if (length > gathered.length - size) {
                flush();
            }
            System.arraycopy(source, offset, gathered, size, length);
            size += length;
        }

        void flush() {
            if (size > 0) {
                pass(gathered, 0, size);
                size = 0;
            }
        }

        void end() {
            flush();
            if (frame != null) {
                frame.end(framed);
                writeFramed();
            }
        }

        private void pass(byte[] source, int offset, int length) {
            digest.update(source, offset, length);
            bytes += length;
            if (frame == null) {
                output.write(source, offset, length);
            } else {
                frame.write(source, offset, length, framed);
                writeFramed();
            }
        }

        private void writeFramed() {
            output.write(framed.array(), 0, framed.size());
            framed.clear();
        }
    }

    /** The bytes to the client, compressed at the fastest level or as they are. */
    private static final class Output implements AutoCloseable {
        private final ByteSink bytes;
        private final @Nullable FastGzip gzip;
        /** The newest plain piece stays back, so that the last one leaves only from {@link #end}. */
        private byte[] held = new byte[0];

        Output(boolean compressed, HeldMemory.Share memory) {
            // What is added at a time is there three times: here, held back, and on its way.
            bytes = new ByteSink(STEP, Integer.MAX_VALUE - 16, memory, 3);
            try {
                gzip = compressed ? new FastGzip(new Stream(bytes)) : null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void write(byte[] source, int offset, int length) {
            if (gzip == null) {
                bytes.add(source, offset, length);
                return;
            }
            try {
                gzip.write(source, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** What may leave of what was written so far. */
        byte[] take() {
            if (gzip != null || bytes.size() == 0) {
                return bytes.take();
            }
            byte[] before = held;
            held = bytes.take();
            return before;
        }

        byte[] end() {
            if (gzip == null) {
                byte[] last = bytes.take();
                byte[] all = Arrays.copyOf(held, held.length + last.length);
                System.arraycopy(last, 0, all, held.length, last.length);
                return all;
            }
            try {
                gzip.finish();
                return bytes.take();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            if (gzip != null) {
                gzip.free();
            }
        }
    }

    /** A sink as a stream. */
    private static final class Stream extends OutputStream {
        private final ByteSink sink;

        Stream(ByteSink sink) {
            this.sink = sink;
        }

        @Override
        public void write(int value) {
            sink.add((byte) value);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            sink.add(source, offset, length);
        }
    }

    /** Level 1: compression is the cost of a chunk, and level 1 is four times as fast as the default. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream target) throws IOException {
            super(target, STEP);
            def.setLevel(Deflater.BEST_SPEED);
        }

        void free() {
            def.end();
        }
    }
}

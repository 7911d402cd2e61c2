package dev.snowgate.gateway.snowflake.result;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * An Arrow stream of the same shape as the JSON rows: passed, copied message by message, and masked. Without compression, which both
 * formats share.
 */
final class ArrowMasking {
    private static final int BATCH = 4_096;
    private static final int PIECE = 64 * 1024;
    private final ArrowSample sample;
    private final byte[] stream;
    private final byte[] other;

    ArrowMasking(List<String> names, List<@Nullable String[]> rows, List<String> types) {
        List<ArrowSample.Column> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            List<@Nullable String> cells = new ArrayList<>(rows.size());
            for (@Nullable String[] row : rows) {
                cells.add(row[i]);
            }
            columns.add(new ArrowSample.Column(names.get(i), kind(types.get(i)), scale(types.get(i)), cells));
        }
        this.sample = ArrowSample.of(columns, BATCH);
        this.stream = sample.stream();
        this.other = new byte[stream.length];
    }

    private static ArrowSample.Kind kind(String type) {
        return switch (type) {
            case "fixed" -> ArrowSample.Kind.FIXED8;
            case "timestamp_ntz" -> ArrowSample.Kind.NTZ_STRUCT;
            case "date" -> ArrowSample.Kind.DATE;
            default -> ArrowSample.Kind.TEXT;
        };
    }

    private static int scale(String type) {
        return type.equals("timestamp_ntz") ? 9 : 0;
    }

    int bytes() {
        return stream.length;
    }

    /** Through the masker with these masks, each piece handed on from where it lies; bytes that left. */
    long mask(CellMasks masks) {
        Counted out = new Counted();
        RowMasker masker = masker(masks);
        for (int at = 0; at < stream.length; at += PIECE) {
            masker.give(stream, at, Math.min(PIECE, stream.length - at), out);
        }
        masker.finish();
        masked(masker);
        return out.bytes;
    }

    /** The same, written to memory. */
    long maskToMemory(CellMasks masks) {
        RowMasker masker = masker(masks);
        long left = toMemory(masker);
        masked(masker);
        return left;
    }

    /** A figure of a stream that was not masked would be none. */
    private void masked(RowMasker masker) {
        if (masker.rows() != sample.rows() || masker.maskedCells() < sample.rows()) {
            throw new IllegalStateException("the stream was not masked as planned");
        }
    }

    private long toMemory(RowMasker work) {
        ByteSink out = sink();
        long left = 0;
        for (int at = 0; at < stream.length; at += PIECE) {
            work.give(stream, at, Math.min(PIECE, stream.length - at), out);
            left += out.size();
            out.clear();
        }
        work.finish();
        return left;
    }

    RowMasker masker(CellMasks masks) {
        return new ArrowRowMasker(masks, sample.names(), sample.rows());
    }

    byte[] stream() {
        return stream;
    }

    /** Every message read into one array, checked, and written again with nothing replaced. */
    long copy() {
        return toMemory(copier());
    }

    RowMasker copier() {
        return new Copier();
    }

    /** The bytes of the stream, unread, to another array of its size. */
    long copyBytes() {
        System.arraycopy(stream, 0, other, 0, stream.length);
        return other.length;
    }

    private static ByteSink sink() {
        return new ByteSink(PIECE, Integer.MAX_VALUE - 16);
    }

    /** Read into vectors and written from them again by Apache's own library. */
    long throughLibrary() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(stream.length + PIECE);
        try (RootAllocator allocator = new RootAllocator();
                org.apache.arrow.vector.ipc.ArrowStreamReader reader =
                        new org.apache.arrow.vector.ipc.ArrowStreamReader(new ByteArrayInputStream(stream), allocator);
                ArrowStreamWriter writer =
                        new ArrowStreamWriter(reader.getVectorSchemaRoot(), null, Channels.newChannel(out))) {
            writer.start();
            while (reader.loadNextBatch()) {
                writer.writeBatch();
            }
            writer.end();
        }
        return out.size();
    }

    /** Stands for whoever digests, compresses or sends what leaves. */
    private static final class Counted implements ByteOutput {
        private long bytes;

        @Override
        public void add(byte value) {
            bytes++;
        }

        @Override
        public void add(byte[] source, int offset, int length) {
            bytes += length;
        }
    }

    private static final class Copier implements RowMasker, ArrowFraming.Reader {
        private final ArrowFraming framing = new ArrowFraming(this);
        private List<ArrowField> fields = List.of();
        private final ByteSink joined = sink();

        @Override
        public void feed(byte[] bytes, int offset, int length, ByteOutput out) {
            framing.feed(bytes, offset, length, false, out);
        }

        @Override
        public void give(byte[] bytes, int offset, int length, ByteOutput out) {
            framing.feed(bytes, offset, length, true, out);
        }

        @Override
        public boolean wantsBody(ArrowMessage message) {
            return true;
        }

        @Override
        public void whole(ArrowMessage message, ArrowBody body, boolean marked, ByteOutput out) {
            if (message.isSchema()) {
                fields = ArrowField.all(message.schema(), message.texts());
                Map<Integer, ArrowSchemaCopy.Edit> edits = new HashMap<>();
                ArrowFraming.write(marked, ArrowSchemaCopy.write(message, fields, edits), out);
            } else {
                joined.clear();
                body.write(0, body.size(), joined);
                ArrowBody whole = new ArrowBody(HeldMemory.UNLIMITED.share());
                whole.keep(joined.array(), 0, joined.size());
                new ArrowBatchCopy(ArrowBatch.read(message.batch(), fields, whole), whole)
                        .write(message.version(), marked, out);
            }
        }

        @Override
        public void finish() {
            if (!framing.ended()) {
                throw new IllegalStateException("the stream ends too early");
            }
        }

        @Override
        public long rows() {
            return 0;
        }

        @Override
        public long maskedCells() {
            return 0;
        }
    }
}

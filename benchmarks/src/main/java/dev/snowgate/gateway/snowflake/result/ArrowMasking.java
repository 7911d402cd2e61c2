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

    /** Through the masker with these masks; bytes that left. */
    long mask(CellMasks masks) {
        return run(masker(masks));
    }

    RowMasker masker(CellMasks masks) {
        return new ArrowRowMasker(masks, sample.names(), sample.rows());
    }

    byte[] stream() {
        return stream;
    }

    /** Every message read, checked and written again with nothing replaced: what a masked stream costs without its masks. */
    long copy() {
        return run(new ArrowFraming(new Copy()), new ByteSink(PIECE, Integer.MAX_VALUE - 16));
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

    private long run(RowMasker masker) {
        ByteSink out = new ByteSink(PIECE, Integer.MAX_VALUE - 16);
        long left = 0;
        for (int at = 0; at < stream.length; at += PIECE) {
            masker.feed(stream, at, Math.min(PIECE, stream.length - at), out);
            left += out.size();
            out.clear();
        }
        masker.finish();
        return left;
    }

    private long run(ArrowFraming framing, ByteSink out) {
        long left = 0;
        for (int at = 0; at < stream.length; at += PIECE) {
            framing.feed(stream, at, Math.min(PIECE, stream.length - at), out);
            left += out.size();
            out.clear();
        }
        return left;
    }

    private static final class Copy implements ArrowFraming.Reader {
        private List<ArrowField> fields = List.of();

        @Override
        public boolean wantsBody(ArrowMessage message) {
            return true;
        }

        @Override
        public void whole(ArrowMessage message, byte[] body, int length, boolean marked, ByteSink out) {
            if (message.isSchema()) {
                fields = ArrowField.all(message.schema(), message.texts());
                Map<Integer, ArrowSchemaCopy.Edit> edits = new HashMap<>();
                ArrowFraming.write(marked, ArrowSchemaCopy.write(message, fields, edits), out);
            } else {
                new ArrowBatchCopy(ArrowBatch.read(message.batch(), fields, body, length))
                        .write(message.version(), marked, out);
            }
        }
    }
}

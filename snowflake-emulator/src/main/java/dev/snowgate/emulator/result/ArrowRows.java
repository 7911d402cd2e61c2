package dev.snowgate.emulator.result;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Rows as one Arrow IPC stream in batches of at most 4,096 rows. */
final class ArrowRows implements RowEncoder {
    private static final int BATCH = 4096;
    private final VectorSchemaRoot root;
    private final ArrowStreamWriter writer;
    private final List<ArrowCell> cells = new ArrayList<>();
    private int inBatch;
    private long estimated;

    ArrowRows(OutputStream out, List<Column> columns, BufferAllocator allocator) throws IOException {
        Schema schema = new Schema(columns.stream().map(ArrowCell::field).toList());
        root = VectorSchemaRoot.create(schema, allocator);
        writer = new ArrowStreamWriter(root, null, Channels.newChannel(out));
        for (int i = 0; i < columns.size(); i++) {
            cells.add(new ArrowCell(columns.get(i), root.getVector(i)));
        }
        writer.start();
    }

    @Override
    public void add(@Nullable Object[] row) throws IOException {
        if (inBatch == 0) {
            root.getFieldVectors().forEach(FieldVector::reset);
        }
        for (int i = 0; i < cells.size(); i++) {
            Object value = row[i];
            if (value != null) {
                cells.get(i).set(inBatch, value);
            }
            estimated += value instanceof String s ? s.length() + 4 : 9;
        }
        if (++inBatch == BATCH) {
            flush();
        }
    }

    @Override
    public long bytes() {
        return estimated;
    }

    @Override
    public void close() throws IOException {
        try (root;
                writer) {
            if (inBatch > 0) {
                flush();
            }
            writer.end();
        }
    }

    private void flush() throws IOException {
        root.getFieldVectors().forEach(vector -> vector.setValueCount(inBatch));
        root.setRowCount(inBatch);
        writer.writeBatch();
        inBatch = 0;
    }
}

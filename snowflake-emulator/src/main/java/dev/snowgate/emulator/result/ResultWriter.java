package dev.snowgate.emulator.result;

import dev.snowgate.emulator.EmulatorOptions;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/** Turns rows into a stored result; memory stays bounded however many rows there are. */
public final class ResultWriter implements AutoCloseable {
    private final EmulatorOptions options;
    private final Path folder;
    private final BufferAllocator allocator = new RootAllocator();
    private final SecureRandom random = new SecureRandom();

    public ResultWriter(EmulatorOptions options) throws IOException {
        this.options = options;
        this.folder = Files.createTempDirectory("snowflake-emulator-results");
    }

    /**
     * Writes all rows.
     *
     * @param maxRows rows after which the result ends; 0 for no limit
     */
    public StoredResult write(String queryId, RowSource source, StoredResult.Format format, long maxRows) {
        try {
            return written(queryId, source, format, maxRows == 0 ? Long.MAX_VALUE : maxRows);
        } catch (IOException e) {
            throw new UncheckedIOException("The result can't be stored", e);
        }
    }

    private StoredResult written(String queryId, RowSource source, StoredResult.Format format, long maxRows)
            throws IOException {
        Rows rows = new Rows(source, maxRows);
        ByteArrayOutputStream inline = new ByteArrayOutputStream();
        long inlineRows = 0;
        long inlineLimit = options.inlineRows() >= 0 ? options.inlineRows() : Long.MAX_VALUE;
        try (RowEncoder encoder = encoder(inline, source.columns(), format)) {
            while (inlineRows < inlineLimit && encoder.bytes() < options.inlineBytes() && rows.advance()) {
                encoder.add(rows.current());
                inlineRows++;
            }
        }
        List<StoredResult.Chunk> chunks = new ArrayList<>();
        long target = options.firstChunkBytes();
        long total = inlineRows;
        while (rows.advance()) {
            Path file = folder.resolve(queryId + "_" + chunks.size() + ".gz");
            StoredResult.Chunk chunk = chunk(file, rows, format, target);
            chunks.add(chunk);
            total += chunk.rows();
            target = Math.min(target * 2, options.maxChunkBytes());
        }
        byte[] key = new byte[32];
        random.nextBytes(key);
        return new StoredResult(
                source.columns(),
                format,
                inline.toByteArray(),
                inlineRows,
                List.copyOf(chunks),
                total,
                Base64.getEncoder().encodeToString(key));
    }

    private StoredResult.Chunk chunk(Path file, Rows rows, StoredResult.Format format, long target) throws IOException {
        long count = 0;
        CountingStream plain =
                new CountingStream(new FastGzip(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)));
        try (plain) {
            try (RowEncoder encoder = encoder(plain, rows.source.columns(), format)) {
                do {
                    encoder.add(rows.current());
                    count++;
                } while (!full(count, encoder.bytes(), target) && rows.advance());
            }
        }
        return new StoredResult.Chunk(file, count, plain.count, Files.size(file));
    }

    private boolean full(long rows, long bytes, long target) {
        return options.rowsPerChunk() > 0 ? rows >= options.rowsPerChunk() : bytes >= target;
    }

    private RowEncoder encoder(OutputStream out, List<Column> columns, StoredResult.Format format) throws IOException {
        return format == StoredResult.Format.ARROW
                ? new ArrowRows(out, columns, allocator)
                : new JsonRows(out, columns, format == StoredResult.Format.JSON_V2);
    }

    /** Deletes the chunk files of a result that nobody may fetch any more. */
    public void delete(StoredResult result) {
        for (StoredResult.Chunk chunk : result.chunks()) {
            try {
                Files.deleteIfExists(chunk.file());
            } catch (IOException e) {
                chunk.file().toFile().deleteOnExit();
            }
        }
    }

    @Override
    public void close() {
        try (var files = Files.list(folder)) {
            files.forEach(file -> file.toFile().delete());
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            folder.toFile().deleteOnExit();
        }
        allocator.close();
    }

    /** A source with one row of look-ahead, so that a chunk is opened only when there is a row for it. */
    private static final class Rows {
        private final RowSource source;
        private long left;
        private @Nullable Object @Nullable [] row;
        private boolean used = true;

        Rows(RowSource source, long left) {
            this.source = source;
            this.left = left;
        }

        boolean advance() {
            if (used) {
                row = left-- > 0 ? source.next() : null;
                used = false;
            }
            return row != null;
        }

        @Nullable
        Object[] current() {
            used = true;
            @Nullable Object @Nullable [] present = row;
            if (present == null) {
                throw new IllegalStateException("No row left");
            }
            return present;
        }
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 1 << 14);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    private static final class CountingStream extends OutputStream {
        private final OutputStream out;
        private long count;

        CountingStream(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}

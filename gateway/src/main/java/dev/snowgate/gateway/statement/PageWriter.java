package dev.snowgate.gateway.statement;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Takes the rows of a page as they are made. The first {@value ByteSource#STEP} bytes are kept as they are; of a page with more all is deflated
 * while it comes. Not thread-safe; {@link #close} frees native memory and may come at any time.
 */
public final class PageWriter extends OutputStream {
    private final ByteArrayOutputStream plain = new ByteArrayOutputStream(1024);
    private final CRC32 crc = new CRC32();
    private final List<byte[]> blocks = new ArrayList<>();
    private byte[] block = new byte[0];
    private int filled;
    private long length;
    private @Nullable Deflater deflater;

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
        length += count;
        if (deflater == null && length <= ByteSource.STEP) {
            plain.write(bytes, from, count);
            return;
        }
        deflate(open(), bytes, from, count);
    }

    /** What was written; nothing may be written after it. */
    public PageBytes finish() {
        Deflater open = deflater;
        if (open == null) {
            return PageBytes.of(plain.toByteArray());
        }
        // ends on a byte without ending the stream, so that others can follow
        while (true) {
            room();
            int made = open.deflate(block, filled, block.length - filled, Deflater.SYNC_FLUSH);
            filled += made;
            if (filled < block.length) {
                break;
            }
        }
        blocks.add(Arrays.copyOf(block, filled));
        return PageBytes.deflated(blocks, length, crc.getValue());
    }

    @Override
    public void close() {
        if (deflater != null) {
            deflater.end();
        }
    }

    private Deflater open() {
        if (deflater == null) {
            // Compression is most of what a page costs, and level 1 is four times as fast as the default.
            deflater = new Deflater(Deflater.BEST_SPEED, true);
            byte[] before = plain.toByteArray();
            plain.reset();
            deflate(deflater, before, 0, before.length);
        }
        return deflater;
    }

    private void deflate(Deflater open, byte[] bytes, int from, int count) {
        crc.update(bytes, from, count);
        open.setInput(bytes, from, count);
        while (!open.needsInput()) {
            room();
            filled += open.deflate(block, filled, block.length - filled, Deflater.NO_FLUSH);
        }
    }

    private void room() {
        if (filled == block.length) {
            if (filled > 0) {
                blocks.add(block);
            }
            block = new byte[ByteSource.STEP];
            filled = 0;
        }
    }
}

package dev.snowgate.gateway.snowflake.result;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A chunk in which nothing is masked: it passes as it is compressed, without being looked into. Its rows are those that the reply
 * announced, and bytes and digest are of the compressed form. The newest piece stays back, so that the last one leaves only after the
 * chunk is recorded.
 */
final class PassedChunk implements ChunkWork {
    private static final byte[] GZIP = {0x1F, (byte) 0x8B};
    private final MessageDigest digest = Sha256.create();
    private final long rows;
    private final long most;
    private byte[] held = {};
    private byte[] fed = {};
    private boolean stepped = true;
    private long bytes;

    /**
     * @param rows as announced
     * @param most limit of the compressed bytes
     */
    PassedChunk(long rows, long most) {
        this.rows = rows;
        this.most = most;
    }

    @Override
    public void feed(byte[] piece) {
        fed = piece;
        stepped = piece.length == 0;
    }

    @Override
    public byte @Nullable [] step() {
        if (stepped) {
            return null;
        }
        stepped = true;
        checkBeginning();
        bytes += fed.length;
        if (bytes > most) {
            throw new ResultFault("a part of the result is larger than announced");
        }
        digest.update(fed);
        byte[] before = held;
        held = fed;
        return before;
    }

    private void checkBeginning() {
        for (int i = 0; i < fed.length && bytes + i < GZIP.length; i++) {
            if (fed[i] != GZIP[(int) bytes + i]) {
                throw new ResultFault("the result is not gzip, though it says so");
            }
        }
    }

    @Override
    public byte[] finish() {
        if (bytes < GZIP.length) {
            throw new ResultFault("the result's compressed bytes end too early");
        }
        return Arrays.copyOf(held, held.length);
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public long maskedCells() {
        return 0;
    }

    @Override
    public String detections() {
        return "";
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public byte[] digest() {
        return digest.digest();
    }

    @Override
    public void close() {
        // holds no native memory
    }
}

package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all chunks and partitions on their way may take together for what must be whole before it leaves: rows, batches and their
 * masked copies. Ordinary ones take kilobytes; this is for many large ones at a time. Thread-safe.
 */
final class HeldMemory {
    /** For replies, whose size is limited elsewhere, and tests. */
    static final HeldMemory UNLIMITED = new HeldMemory(Long.MAX_VALUE);

    private final long most;
    private final AtomicLong left;

    /**
     * @param most bytes
     */
    HeldMemory(long most) {
        this.most = most;
        this.left = new AtomicLong(most);
    }

    /** A quarter of the heap. */
    static HeldMemory ofHeap() {
        return new HeldMemory(Runtime.getRuntime().maxMemory() / 4);
    }

    /** Bytes that nobody has. */
    long left() {
        return left.get();
    }

    Share share() {
        return new Share();
    }

    /** What one chunk or partition has. Not thread-safe; closing gives all of it back. */
    final class Share implements AutoCloseable {
        private long taken;

        private Share() {}

        /**
         * Takes more. Fails with {@code OVERLOADED} where others have it, after which drivers fetch the chunk again, and with a fault of the
         * result where it would never be there.
         */
        void take(long bytes) {
            if (bytes > most - taken) {
                throw new ResultFault("a row or batch of the result is larger than may be held");
            }
            if (left.addAndGet(-bytes) < 0) {
                left.addAndGet(bytes);
                throw new GatewayException(
                        GatewayErrorCode.OVERLOADED, "Too much of other results is held in memory. Try again later.");
            }
            taken += bytes;
        }

        @Override
        public void close() {
            left.addAndGet(taken);
            taken = 0;
        }
    }
}

package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all results on their way may take together for what must be whole before it leaves: rows and batches of chunks and
 * partitions with their masked copies, and pages inside of replies. Ordinary ones take kilobytes; this is for many large ones at a
 * time. Thread-safe.
 */
public final class HeldMemory {
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
    public static HeldMemory ofHeap() {
        return new HeldMemory(Runtime.getRuntime().maxMemory() / 4);
    }

    /** Bytes that nobody has. */
    long left() {
        return left.get();
    }

    /** A share of which nothing is taken yet. */
    public Share share() {
        return new Share();
    }

    /** What one chunk, partition or reply has. Not thread-safe; closing gives all of it back. */
    public final class Share implements AutoCloseable {
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
            add(bytes);
        }

        /** Takes what a page needs that was masked and recorded; fails as {@link #take} does, in the words of replies. */
        public void takePage(long bytes) {
            if (bytes > most - taken) {
                throw new GatewayException(
                        GatewayErrorCode.RESULT_WITHHELD,
                        "The result is withheld: its first page is larger than may be held. Select fewer columns or rows.");
            }
            add(bytes);
        }

        private void add(long bytes) {
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

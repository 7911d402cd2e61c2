package dev.snowgate.gateway.snowflake.result;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Where chunks are inflated, masked and compressed: few threads of the lowest priority with one queue, in which all chunks take
 * turns of one step. A chunk waits in it at most once, so the bound on chunks at a time bounds the queue.
 */
public final class ChunkLane implements AutoCloseable {
    private final ThreadPoolExecutor threads;
    private final Scheduler scheduler;

    private final HeldMemory memory;

    /** A lane of {@code width} threads on which chunks may hold a quarter of the heap. */
    public ChunkLane(int width) {
        this(width, HeldMemory.ofHeap());
    }

    ChunkLane(int width, HeldMemory memory) {
        this.memory = memory;
        threads =
                new ThreadPoolExecutor(width, width, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), namedThreads());
        scheduler = Schedulers.fromExecutorService(threads, "chunks");
    }

    Scheduler scheduler() {
        return scheduler;
    }

    /** What all results on their way may hold together. */
    public HeldMemory memory() {
        return memory;
    }

    @Override
    public void close() {
        scheduler.dispose();
        threads.shutdownNow();
    }

    private static ThreadFactory namedThreads() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "chunks-" + number.incrementAndGet());
            thread.setDaemon(true);
            // The JVM hands it to the system only under -XX:ThreadPriorityPolicy=1.
            thread.setPriority(Thread.MIN_PRIORITY);
            return thread;
        };
    }
}

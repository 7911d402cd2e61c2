package dev.snowgate.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Several readers of chunks at the same time, and what they saw. */
final class Downloads implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ConcurrentLinkedQueue<ChunkReader.Read> reads = new ConcurrentLinkedQueue<>();
    private final List<Future<?>> running = new ArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final long start = System.nanoTime();
    private final LongAdder plainBytes = new LongAdder();
    private final String encoding;

    /** By clients that send this Accept-Encoding. */
    Downloads(String encoding) {
        this.encoding = encoding;
    }

    /** What was read in which time; rows are counted as storage sent them, before masks and compression. */
    record Sum(long chunks, long plainBytes, long wireBytes, long retries, Latencies firstByte, double seconds) {
        double megabytesPerSecond() {
            return plainBytes / 1e6 / seconds;
        }
    }

    /** {@code parallel} readers share the list; each takes the next chunk. Ends with the list or the time. */
    void each(ChunkList chunks, int parallel, Duration most) {
        AtomicInteger next = new AtomicInteger();
        long end = System.nanoTime() + most.toNanos();
        for (int i = 0; i < parallel; i++) {
            running.add(threads.submit(() -> {
                ChunkReader reader = new ChunkReader(encoding);
                for (int n = next.getAndIncrement();
                        n < chunks.urls().size() && System.nanoTime() < end;
                        n = next.getAndIncrement()) {
                    read(reader, chunks, n, end);
                }
            }));
        }
    }

    /** {@code parallel} readers read the list again and again until {@link #stop}. */
    void endless(ChunkList chunks, int parallel) {
        for (int i = 0; i < parallel; i++) {
            int first = i;
            running.add(threads.submit(() -> {
                ChunkReader reader = new ChunkReader(encoding);
                for (int n = first; !stopped.get(); n++) {
                    read(reader, chunks, n % chunks.urls().size(), Long.MAX_VALUE);
                }
            }));
        }
    }

    private void read(ChunkReader reader, ChunkList chunks, int number, long end) {
        try {
            reader.read(chunks.urls().get(number), chunks.headers(), end).ifPresent(read -> {
                reads.add(read);
                plainBytes.add(chunks.plainBytes().get(number));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean running() {
        return running.stream().anyMatch(one -> !one.isDone());
    }

    /** Waits until all have ended. */
    Sum await() {
        for (Future<?> one : running) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a download failed", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Sum(
                reads.size(),
                plainBytes.sum(),
                reads.stream().mapToLong(ChunkReader.Read::wireBytes).sum(),
                reads.stream().mapToLong(ChunkReader.Read::retries).sum(),
                Latencies.of(reads.stream().mapToLong(ChunkReader.Read::firstByteNanos)),
                seconds);
    }

    Sum stop() {
        stopped.set(true);
        return await();
    }

    @Override
    public void close() {
        stopped.set(true);
        threads.shutdownNow();
    }
}

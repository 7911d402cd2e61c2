package dev.snowgate.gateway.pipeline;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.DisposableBean;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Where SQL is analysed: a fixed set of platform threads with a 32 MB stack, because deeply nested text overflows ordinary
 * stacks, and a bounded queue. A full queue refuses with {@link GatewayErrorCode#OVERLOADED}; nothing of it ever runs on an
 * event loop.
 */
public final class AnalysisLane implements DisposableBean {
    private static final long STACK_BYTES = 32L * 1024 * 1024;
    private final ThreadPoolExecutor threads;
    private final Scheduler scheduler;

    /** A lane of {@code width} threads with room for {@code queue} waiting texts. */
    public AnalysisLane(int width, int queue) {
        threads = new ThreadPoolExecutor(
                width,
                width,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queue),
                namedThreads(),
                new ThreadPoolExecutor.AbortPolicy());
        scheduler = Schedulers.fromExecutorService(threads, "analysis");
    }

    /** Runs pure work on the lane; its fault is the returned fault. */
    public <T> Mono<T> run(Callable<T> work) {
        return Mono.fromCallable(work)
                .subscribeOn(scheduler)
                .onErrorMap(RejectedExecutionException.class, AnalysisLane::overloaded);
    }

    @Override
    public void destroy() {
        scheduler.dispose();
        threads.shutdownNow();
    }

    private static GatewayException overloaded(Throwable cause) {
        return new GatewayException(
                GatewayErrorCode.OVERLOADED,
                "The gateway is analysing as many statements as it can. Nothing ran; send the statement again in a moment.");
    }

    private static ThreadFactory namedThreads() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(null, task, "analysis-" + number.incrementAndGet(), STACK_BYTES);
            thread.setDaemon(true);
            return thread;
        };
    }
}

package dev.snowgate.gateway.recording;

import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Where big values are encrypted and compressed: never on an event loop. Small ones are not worth the change of threads. */
final class SealingLane implements AutoCloseable {
    private static final int SMALL_BYTES = 32 * 1024;
    private static final int MOST_WAITING = 1_000;
    private final Scheduler scheduler = Schedulers.newBoundedElastic(
            Math.max(2, Runtime.getRuntime().availableProcessors()), MOST_WAITING, "snowgate-sealing");

    /** The work's value; {@code bytes} is roughly how much it handles. */
    <T> Mono<T> run(long bytes, Supplier<T> work) {
        Mono<T> value = Mono.fromSupplier(work);
        return bytes <= SMALL_BYTES ? value : value.subscribeOn(scheduler);
    }

    @Override
    public void close() {
        scheduler.dispose();
    }
}

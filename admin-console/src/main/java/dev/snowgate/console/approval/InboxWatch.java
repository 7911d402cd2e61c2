package dev.snowgate.console.approval;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Tells open pages that the inbox changed. While anybody listens, one thread of the program reads an indexed cursor once a
 * second; nobody listens, nothing is read.
 */
@Service
public class InboxWatch {
    private static final Logger LOG = LoggerFactory.getLogger(InboxWatch.class);
    private final ApprovalStore store;
    private final Clock clock;
    private final List<Consumer<Pulse>> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("inbox-watch").daemon().factory());
    private @Nullable ScheduledFuture<?> running;
    private ApprovalStore.@Nullable Cursor last;
    private volatile Pulse pulse = new Pulse(0, null);

    InboxWatch(ApprovalStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * The inbox as last read.
     *
     * @param waiting how many requests wait
     * @param stoppedAt since when the database does not answer, null while it does
     */
    public record Pulse(int waiting, @Nullable Instant stoppedAt) {}

    /** Calls the listener at once and after every change, from another thread, until the answer is run. */
    public synchronized Runnable listen(Consumer<Pulse> listener) {
        listeners.add(listener);
        if (running == null) {
            last = null;
            look();
            running = executor.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
        } else {
            listener.accept(pulse);
        }
        return () -> leave(listener);
    }

    private synchronized void leave(Consumer<Pulse> listener) {
        listeners.remove(listener);
        if (listeners.isEmpty() && running != null) {
            running.cancel(false);
            running = null;
        }
    }

    private void look() {
        try {
            ApprovalStore.Cursor now = store.cursor();
            if (!now.equals(last) || pulse.stoppedAt() != null) {
                last = now;
                tell(new Pulse(now.waiting(), null));
            }
        } catch (RuntimeException silent) {
            // Whatever it was: a task that throws would never be run again, and every page would stand still.
            if (pulse.stoppedAt() == null) {
                LOG.atWarn()
                        .setMessage("the live list stopped: the database does not answer")
                        .addKeyValue("fault", silent.getClass().getSimpleName())
                        .log();
                tell(new Pulse(pulse.waiting(), clock.instant()));
            }
        }
    }

    private void tell(Pulse now) {
        pulse = now;
        for (Consumer<Pulse> listener : listeners) {
            try {
                listener.accept(now);
            } catch (RuntimeException gone) {
                // A page that is being closed must not keep the others from hearing.
                LOG.atDebug()
                        .setMessage("a listener of the inbox failed")
                        .setCause(gone)
                        .log();
            }
        }
    }

    @PreDestroy
    void stop() {
        executor.shutdownNow();
    }
}

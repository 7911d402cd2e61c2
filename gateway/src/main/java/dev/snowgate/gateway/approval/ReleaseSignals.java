package dev.snowgate.gateway.approval;

import dev.snowgate.model.statement.StatementId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Parked polls of this replica: one map entry per waiting statement, gone with its last waiter. A signal says only that it is worth
 * to look at the ledger again; it may come without a cause and a lost one costs a few seconds.
 */
public final class ReleaseSignals {
    private final ConcurrentMap<StatementId, Waiting> waiting = new ConcurrentHashMap<>();

    /** Completes at the next signal for that statement; never by itself. Cancelling it leaves nothing behind. */
    public Mono<Void> await(StatementId id) {
        return Mono.using(() -> join(id), Waiting::signal, entry -> leave(id, entry));
    }

    /** Wakes every poll that waits for it here. */
    public void release(StatementId id) {
        Waiting entry = waiting.remove(id);
        if (entry != null) {
            entry.sink().tryEmitEmpty();
        }
    }

    /** Wakes every poll: the listener was deaf for a while. */
    public void releaseAll() {
        waiting.keySet().forEach(this::release);
    }

    /** Statements that are waited for here; a gauge. */
    public int size() {
        return waiting.size();
    }

    private Waiting join(StatementId id) {
        return waiting.compute(id, (key, before) -> before == null ? new Waiting(Sinks.empty(), 1) : before.oneMore());
    }

    private void leave(StatementId id, Waiting joined) {
        waiting.computeIfPresent(id, (key, now) -> now.sink() == joined.sink() ? now.oneLess() : now);
    }

    /** Waiters of one statement; the work after a wake-up is not done by the thread that listens. */
    private record Waiting(Sinks.Empty<Void> sink, int waiters) {
        Mono<Void> signal() {
            return sink.asMono().publishOn(Schedulers.parallel());
        }

        Waiting oneMore() {
            return new Waiting(sink, waiters + 1);
        }

        @Nullable
        Waiting oneLess() {
            return waiters == 1 ? null : new Waiting(sink, waiters - 1);
        }
    }
}

package dev.snowgate.gateway.pipeline;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.ClearedStatement;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.model.statement.StatementId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Owns everything that runs longer than the exchange that started it: each run is a subscription of its own, so a hung-up
 * connection ends the wait and never the statement. Besides the listener for notifications, the only class that subscribes.
 */
public final class Executions implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Executions.class);
    private static final Duration DRAIN = Duration.ofSeconds(20);
    private final Execution execution;
    private final Map<StatementId, Mono<Ended>> running = new ConcurrentHashMap<>();
    private final List<Disposable> loops = new CopyOnWriteArrayList<>();
    private final List<Loop> registered = new CopyOnWriteArrayList<>();
    private volatile boolean started;

    Executions(Execution execution) {
        this.execution = execution;
    }

    /** Starts a statement that was just marked sent; the result may be waited for, or not. */
    Mono<Ended> start(AnalysedStatement analysed, ClearedStatement cleared) {
        return own(cleared.call().id(), execution.run(analysed, cleared));
    }

    /** Starts learning the outcome of a statement that was sent before. */
    Mono<Ended> resolve(AnalysedStatement analysed, ClearedStatement cleared) {
        return own(cleared.call().id(), execution.resolve(analysed, cleared));
    }

    /** Starts asking for the outcome of a statement by the query id that it is known to have; sends nothing. */
    Mono<Ended> learn(AnalysedStatement analysed, AgentSession session, LedgerEntry entry) {
        return own(entry.id(), execution.learn(analysed, session, entry));
    }

    /** The run of that statement if it is running in this replica. */
    Optional<Mono<Ended>> find(StatementId id) {
        return Optional.ofNullable(running.get(id));
    }

    /** What runs here now. */
    List<StatementId> running() {
        return List.copyOf(running.keySet());
    }

    /** Repeats a task with a pause between; its faults are logged and the next round goes on. */
    void every(Duration pause, String name, Supplier<Mono<Void>> task) {
        registered.add(new Loop(pause, name, task));
    }

    private Mono<Ended> own(StatementId id, Mono<Ended> run) {
        Sinks.One<Ended> end = Sinks.one();
        Mono<Ended> waiting = end.asMono();
        Mono<Ended> before = running.putIfAbsent(id, waiting);
        if (before != null) {
            return before;
        }
        run.doFinally(signal -> running.remove(id))
                .subscribe(end::tryEmitValue, end::tryEmitError, () -> end.tryEmitEmpty());
        return waiting;
    }

    @Override
    public void start() {
        started = true;
        registered.forEach(loop -> loops.add(loop.flux().subscribe()));
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    /** Waits a bounded time for what runs here; what is left is resolved by another replica when its lease runs out. */
    @Override
    public void stop(Runnable callback) {
        started = false;
        loops.forEach(Disposable::dispose);
        Mono.when(running.values().stream().map(run -> run.onErrorComplete()).toList())
                .timeout(DRAIN)
                .onErrorComplete()
                .doFinally(signal -> callback.run())
                .subscribe();
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    /** A repeated task. */
    private record Loop(Duration pause, String name, Supplier<Mono<Void>> task) {
        Flux<Void> flux() {
            return Mono.defer(task)
                    .onErrorResume(this::logged)
                    .then(Mono.delay(pause).then())
                    .repeat();
        }

        private Mono<Void> logged(Throwable fault) {
            LOG.atWarn()
                    .addKeyValue("task", name)
                    .addKeyValue("fault", fault.getClass().getSimpleName())
                    .log("A repeated task failed; it goes on");
            return Mono.empty();
        }
    }
}

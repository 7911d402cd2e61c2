package dev.snowgate.gateway.pipeline;

import dev.snowgate.gateway.approval.ReleaseSignals;
import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.session.LiveSessions;
import dev.snowgate.gateway.session.Sessions;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.StatementLedger;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * What happens without anybody asking: overdue holds end, approved asynchronous statements run, statements of a replica that is
 * gone are resolved, leases and sessions are kept. Each is a task of {@link Executions}; every one may run in any replica.
 */
final class Housekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration LEASES = Duration.ofSeconds(15);
    private static final Duration OVERDUE = Duration.ofSeconds(5);
    private static final Duration RELEASED = Duration.ofSeconds(1);
    private static final Duration STRANDED = Duration.ofSeconds(10);
    private static final Duration SEEN = Duration.ofSeconds(15);
    private static final Duration KEEP_ALIVE = Duration.ofMinutes(5);
    private static final int MOST = 16;
    private final StatementLedger ledger;
    private final Executions executions;
    private final Holds holds;
    private final Recovery recovery;
    private final ReleaseSignals signals;
    private final LiveSessions live;
    private final Sessions sessions;
    private final Duration abandonedAfter;

    Housekeeping(
            StatementLedger ledger,
            Executions executions,
            Holds holds,
            Recovery recovery,
            ReleaseSignals signals,
            LiveSessions live,
            Sessions sessions,
            Duration abandonedAfter) {
        this.ledger = ledger;
        this.executions = executions;
        this.holds = holds;
        this.recovery = recovery;
        this.signals = signals;
        this.live = live;
        this.sessions = sessions;
        this.abandonedAfter = abandonedAfter;
    }

    /** Registers the tasks; they begin when {@link Executions} starts. */
    void register() {
        executions.every(LEASES, "leases", () -> ledger.renewLeases(executions.running()));
        executions.every(LEASES, "poll-times", () -> ledger.polled(holds.takePolled()));
        executions.every(OVERDUE, "overdue", this::endOverdue);
        executions.every(RELEASED, "released", this::runReleased);
        executions.every(STRANDED, "stranded", this::resolveStranded);
        executions.every(SEEN, "sessions-seen", sessions::writeSeen);
        executions.every(KEEP_ALIVE, "keep-alive", sessions::keepAlive);
    }

    private Mono<Void> endOverdue() {
        return ledger.endOverdue(abandonedAfter)
                .doOnNext(entry -> signals.release(entry.id()))
                .then();
    }

    private Mono<Void> runReleased() {
        return ledger.claimReleased(MOST)
                .flatMap(entry -> release(entry).onErrorResume(fault -> logged("released", entry, fault)))
                .then();
    }

    private Mono<Void> release(LedgerEntry entry) {
        return session(entry).flatMap(session -> holds.released(session, entry)).then();
    }

    private Mono<Void> resolveStranded() {
        return ledger.claimStranded(MOST)
                .filter(entry -> executions.find(entry.id()).isEmpty())
                .flatMap(entry -> resolve(entry).onErrorResume(fault -> logged("stranded", entry, fault)))
                .then();
    }

    private Mono<Void> resolve(LedgerEntry entry) {
        return session(entry)
                .flatMap(session -> recovery.resolve(session, entry).thenReturn(true))
                .switchIfEmpty(Mono.defer(() -> ledger.outcomeUnknown(entry.id(), "its session has ended")
                        .thenReturn(true)))
                .then();
    }

    /** One that cannot be worked on holds up no other; its lease runs out and it is tried again. */
    private static Mono<Void> logged(String task, LedgerEntry entry, Throwable fault) {
        LOG.atWarn()
                .addKeyValue("task", task)
                .addKeyValue("statementId", entry.id())
                .addKeyValue("fault", fault.getClass().getSimpleName())
                .log("A statement could not be worked on; it is tried again");
        return Mono.empty();
    }

    private Mono<AgentSession> session(LedgerEntry entry) {
        return live.find(entry.session());
    }
}

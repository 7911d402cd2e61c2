package dev.snowgate.gateway.recording;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.Admission;
import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.ClearedDescribe;
import dev.snowgate.gateway.statement.ClearedStatement;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.MaskedReply;
import dev.snowgate.gateway.statement.Receipt;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.gateway.statement.StatementLedger;
import dev.snowgate.gateway.statement.StatementStatus;
import dev.snowgate.gateway.statement.StoredText;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.model.statement.QueryId;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.model.statement.StatementState;
import dev.snowgate.policy.Decision;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The ledger in PostgreSQL: each step of a statement's life has a store of its own; this one only hands over. */
public final class LedgerStore implements StatementLedger, AutoCloseable {
    private final DatabaseStore database;
    private final SealingLane lane = new SealingLane();
    private final EntryStore entries;
    private final ReceiveStore receiving;
    private final DecisionStore decisions;
    private final AdmissionStore admissions;
    private final CompletionStore completions;
    private final FailureStore failures;
    private final EndingStore endings;
    private final ReturnStore returns;
    private final LeaseStore leases;
    private final SessionReadStore reads;

    public LedgerStore(
            DatabaseStore database, KeyStore keys, EventStore events, UseStore uses, Lease lease, Clock clock) {
        this.database = database;
        this.entries = new EntryStore(database, keys);
        this.receiving = new ReceiveStore(database, keys, entries, lane, clock);
        this.endings = new EndingStore(database, keys, events, entries, clock);
        this.decisions = new DecisionStore(database, keys, events, entries, endings, lane, clock);
        this.admissions = new AdmissionStore(database, keys, entries, uses, lease, lane, clock);
        RecordLevels levels = new RecordLevels();
        this.completions = new CompletionStore(database, keys, events, entries, levels, clock);
        this.failures = new FailureStore(database, keys, entries, endings);
        this.returns = new ReturnStore(database, keys, events, entries, new PageStore(database), levels, lane, clock);
        this.leases = new LeaseStore(database, entries, lease);
        this.reads = new SessionReadStore(database);
    }

    @Override
    public Mono<Receipt> receive(Statement statement, byte[] requestDigest, UUID upstreamRequestId) {
        return receiving.receive(statement, requestDigest, upstreamRequestId);
    }

    @Override
    public Mono<LedgerEntry> refuse(
            AnalysedStatement analysed, Decision.Deny deny, GatewayErrorCode code, String message) {
        return decisions.refuse(analysed, deny, code, message);
    }

    @Override
    public Mono<LedgerEntry> fault(Statement statement, GatewayErrorCode code, String message) {
        return decisions.fault(statement, code, message);
    }

    @Override
    public Mono<LedgerEntry> hold(
            AnalysedStatement analysed, Decision.RequireApproval decision, byte[] statementDigest) {
        return decisions.hold(analysed, decision, statementDigest);
    }

    @Override
    public Mono<Admission> admit(AnalysedStatement analysed, Decision decision, ClearedStatement cleared) {
        return admissions.admit(analysed, decision, cleared.call());
    }

    @Override
    public Mono<Void> markRead(AgentSession session, Set<String> categories) {
        return reads.mark(session, categories);
    }

    @Override
    public Mono<Admission> admitDescribe(AnalysedStatement analysed, Decision decision, ClearedDescribe cleared) {
        return admissions.admitDescribe(analysed, decision, cleared.call());
    }

    @Override
    public Mono<Void> started(StatementId id, QueryId queryId) {
        return completions.started(id, queryId);
    }

    @Override
    public Mono<LedgerEntry> succeeded(
            AnalysedStatement analysed,
            ClearedStatement cleared,
            UpstreamReply.Complete reply,
            Optional<SessionContext> contextAfter,
            boolean drifted,
            Duration duration) {
        return completions.succeeded(analysed, cleared, reply, contextAfter, drifted, duration);
    }

    @Override
    public Mono<LedgerEntry> learned(
            AnalysedStatement analysed,
            AgentSession session,
            LedgerEntry entry,
            UpstreamReply.Complete reply,
            Optional<SessionContext> contextAfter,
            boolean drifted) {
        return completions.learned(analysed, session, entry, reply, contextAfter, drifted);
    }

    @Override
    public Mono<LedgerEntry> failed(
            StatementId id,
            UpstreamReply.Failed original,
            LedgerEntry.StoredError told,
            Optional<SessionContext> contextAfter) {
        return failures.failed(id, original, told, contextAfter);
    }

    @Override
    public Mono<LedgerEntry> outcomeUnknown(StatementId id, String why) {
        return failures.outcomeUnknown(id, why);
    }

    @Override
    public Mono<LedgerEntry> end(StatementId id, StatementState state, GatewayErrorCode code, String message) {
        return endings.end(id, state, code, message);
    }

    @Override
    public Mono<Void> returned(LedgerEntry entry, MaskedReply reply) {
        return returns.returned(entry, reply);
    }

    @Override
    public Mono<LedgerEntry> findOwned(AgentSession session, String id) {
        return database.read(entries.findOwned(session, id)).flatMap(endings::settled);
    }

    @Override
    public Mono<StatementStatus> status(LedgerEntry entry) {
        return receiving.status(entry);
    }

    @Override
    public Mono<LedgerEntry> findByRequest(AgentSession session, String requestId) {
        return database.read(entries.findByRequest(session, requestId)).flatMap(endings::settled);
    }

    @Override
    public Mono<LedgerEntry> require(StatementId id) {
        return database.read(entries.require(id)).flatMap(endings::settled);
    }

    @Override
    public Mono<StoredText> text(StatementId id) {
        return receiving.text(id);
    }

    @Override
    public Mono<List<QueryId>> recentQueryIds(AgentSession session, int most) {
        return database.read(entries.recentQueryIds(session, most));
    }

    @Override
    public Mono<Map<String, LedgerEntry>> ownedResults(AgentSession session, List<String> ids) {
        return database.read(entries.ownedResults(session, ids));
    }

    @Override
    public Flux<LedgerEntry> claimReleased(int most) {
        return leases.claimReleased(most);
    }

    @Override
    public Flux<LedgerEntry> claimStranded(int most) {
        return leases.claimStranded(most);
    }

    @Override
    public Mono<Void> renewLeases(List<StatementId> running) {
        return leases.renew(running);
    }

    @Override
    public Mono<Void> polled(Map<StatementId, Instant> lastPolls) {
        return leases.polled(lastPolls);
    }

    @Override
    public Flux<LedgerEntry> endOverdue(Duration grace) {
        return endings.endOverdue(grace);
    }

    @Override
    public Flux<StatementId> reviewedSince(Instant cursor) {
        return leases.reviewedSince(cursor);
    }

    @Override
    public void close() {
        lane.close();
    }
}

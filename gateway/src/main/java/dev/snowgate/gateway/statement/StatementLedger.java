package dev.snowgate.gateway.statement;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.model.statement.QueryId;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.policy.Decision;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The durable truth about statements. Every method is one transaction that also appends the events it stands for, so that
 * state and recording never differ; when the returned {@code Mono} completes, both are durable. A fault is
 * {@link GatewayErrorCode#RECORDING_UNAVAILABLE}. Only {@code find…} may be empty.
 */
public interface StatementLedger {
    /** Inserts the statement and appends {@code received}; the idempotence key decides which receipt. */
    Mono<Receipt> receive(Statement statement, byte[] requestDigest, UUID upstreamRequestId);

    /** Ends it as refused: appends {@code decided} (with analysis and trail) and {@code refused}. */
    Mono<LedgerEntry> refuse(AnalysedStatement analysed, Decision.Deny deny, GatewayErrorCode code, String message);

    /** Ends it with a fault before anything was sent: appends {@code faulted}. */
    Mono<LedgerEntry> fault(Statement statement, GatewayErrorCode code, String message);

    /**
     * Holds it: appends {@code decided} and {@code held}, makes the approval request. From RECEIVED, CLEARED or, when an
     * approval was superseded, from RELEASED or HELD (then the old request is withdrawn and names the new one).
     *
     * @param statementDigest what an approval will cover
     */
    Mono<LedgerEntry> hold(AnalysedStatement analysed, Decision.RequireApproval decision, byte[] statementDigest);

    /**
     * Marks it sent if the session's epoch is still the call's and the session's gate lets it in: alone where it changes the
     * session, else beside others. Appends {@code decided} (once) and {@code sent}, stores analysis, decision and mask plan, and
     * leases the statement to this replica. SQL API statements pass the gate always.
     */
    Mono<Admission> admit(AnalysedStatement analysed, Decision decision, ClearedStatement cleared);

    /**
     * Marks the session as one that has read protected columns of these categories: durable before the statement that reads them is
     * sent, and seen by whoever looks the session up after that. Nothing happens where it is marked already.
     */
    Mono<Void> markRead(AgentSession session, Set<String> categories);

    /** Describe only: appends {@code decided}, marks it sent; no gate. */
    Mono<Admission> admitDescribe(AnalysedStatement analysed, Decision decision, ClearedDescribe cleared);

    /** The upstream's query id is known: SENT → STARTED. */
    Mono<Void> started(StatementId id, QueryId queryId);

    /**
     * Ends a run: appends {@code executed}; {@code contextAfter} replaces the session's context (epoch + 1) where it differs in
     * meaning; {@code drifted} marks the session. Children of a multi-statement request become entries of their own, in order,
     * each with its own plan, before this completes.
     */
    Mono<LedgerEntry> succeeded(
            AnalysedStatement analysed,
            ClearedStatement cleared,
            UpstreamReply.Complete reply,
            Optional<SessionContext> contextAfter,
            boolean drifted,
            Duration duration);

    /** Ends a run with the upstream's error: appends {@code failed} with the sealed original and the scrubbed message. */
    Mono<LedgerEntry> failed(
            StatementId id,
            UpstreamReply.Failed original,
            LedgerEntry.StoredError told,
            Optional<SessionContext> contextAfter);

    /** Ends a run whose outcome cannot be learned. */
    Mono<LedgerEntry> outcomeUnknown(StatementId id, String why);

    /** Ends it from any state that may end so: CANCELLED, ABANDONED, EXPIRED; withdraws its request. Returns the entry as it is then. */
    Mono<LedgerEntry> end(
            StatementId id, dev.snowgate.model.statement.StatementState state, GatewayErrorCode code, String message);

    /** Appends {@code returned} and the first page as the agent is about to see it; durable before the reply leaves. */
    Mono<Void> returned(LedgerEntry entry, MaskedReply reply);

    /** The entry of that id (ours or the upstream's) if this session's owner owns it. */
    Mono<LedgerEntry> findOwned(AgentSession session, String id);

    /** The entry of a request of this session. */
    Mono<LedgerEntry> findByRequest(AgentSession session, String requestId);

    /** The entry, whoever owns it; for our own work only. */
    Mono<LedgerEntry> require(StatementId id);

    /** Text, bindings and parameters of an entry, unsealed. */
    Mono<StoredText> text(StatementId id);

    /** Query ids of the session's finished statements, newest first; for LAST_QUERY_ID. */
    Mono<List<QueryId>> recentQueryIds(AgentSession session, int most);

    /** Output lineage of owned, finished queries by id, for the analyser; ids that are not owned are absent. */
    Mono<Map<String, LedgerEntry>> ownedResults(AgentSession session, List<String> ids);

    /** Approved asynchronous statements that no replica has claimed, claimed by this call for this replica. */
    Flux<LedgerEntry> claimReleased(int most);

    /** Statements in SENT or STARTED whose lease ran out, claimed by this call for this replica. */
    Flux<LedgerEntry> claimStranded(int most);

    /** Prolongs the leases of statements that run here. */
    Mono<Void> renewLeases(List<StatementId> running);

    /** Writes the poll times collected since the last call; one statement for all. */
    Mono<Void> polled(Map<StatementId, java.time.Instant> lastPolls);

    /** Ends holds past their expiry and synchronous holds without a poll for longer than {@code grace}; returns those ended. */
    Flux<LedgerEntry> endOverdue(Duration grace);

    /** Requests that were reviewed since the cursor; the fallback for lost notifications. */
    Flux<StatementId> reviewedSince(java.time.Instant cursor);
}

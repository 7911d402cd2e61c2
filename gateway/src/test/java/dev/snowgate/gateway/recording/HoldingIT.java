package dev.snowgate.gateway.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.approval.GrantStore;
import dev.snowgate.gateway.approval.UsedGrant;
import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.Admission;
import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.ClearedStatement;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.model.statement.StatementState;
import dev.snowgate.policy.Decision;
import dev.snowgate.policy.LedgerDecisions;
import dev.snowgate.recording.ChainReport;
import dev.snowgate.recording.ReviewedFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HoldingIT {
    private static final byte[] DIGEST = LedgerFixture.digest("covered");
    private final LedgerFixture f = new LedgerFixture();
    private final GrantStore grants = new GrantStore(f.uses);
    private final Decision.RequireApproval needed =
            LedgerDecisions.approval(Duration.ofMinutes(5), LedgerFixture.plan("A"));

    @AfterAll
    void close() {
        f.close();
    }

    private AnalysedStatement held(AgentSession session, boolean async) {
        Statement statement =
                f.statement(session, "update t set a = 'x'", UUID.randomUUID().toString(), async, false);
        f.received(statement);
        AnalysedStatement analysed = f.analysed(statement);
        f.ledger.hold(analysed, needed, DIGEST).block();
        return analysed;
    }

    private LedgerEntry now(AnalysedStatement analysed) {
        return f.ledger.require(analysed.statement().id()).block();
    }

    private void approve(AnalysedStatement analysed) {
        f.review(now(analysed).approval().orElseThrow().value(), "APPROVE", "");
    }

    private Admission admit(LedgerStore ledger, AnalysedStatement analysed, UsedGrant grant) {
        ClearedStatement cleared = ClearedStatement.granted(f.call(analysed, now(analysed)), grant, needed);
        return ledger.admit(analysed, needed, cleared).block();
    }

    @Test
    void a_hold_asks_a_person_and_an_approval_releases_it() {
        // Given
        AgentSession session = f.session();
        AnalysedStatement analysed = held(session, false);
        LedgerEntry held = now(analysed);
        // When
        approve(analysed);
        LedgerEntry released = now(analysed);
        UsedGrant grant = grants.findUsable(released, DIGEST).block();
        Admission admission = admit(f.ledger, analysed, grant);
        // Then
        assertThat(held.state()).isEqualTo(StatementState.HELD);
        assertThat(held.expiresAt()).isPresent();
        assertThat(released.state()).isEqualTo(StatementState.RELEASED);
        assertThat(admission).isInstanceOf(Admission.Admitted.class);
        assertThat(f.kinds(session.id())).containsExactly("RECEIVED", "DECIDED", "HELD", "RELEASED", "SENT");
        assertThat(f.verify(session.id())).isInstanceOf(ChainReport.Verified.class);
    }

    @Test
    void the_reviewer_gets_the_facts_without_literals() {
        // Given
        AnalysedStatement analysed = held(f.session(), false);
        // When
        String hex = f.query(
                "select encode(facts, 'hex') from approval_request where statement_id = ?",
                analysed.statement().id().value());
        byte[] bytes = java.util.HexFormat.of().parseHex(hex);
        // Then
        ReviewedFacts facts = ReviewedFacts.ENCODING.decode(bytes);
        assertThat(facts.title()).isEqualTo("Read PROD.CRM.ORDERS");
        assertThat(facts.shape()).isEqualTo("update t set a = ‹1›");
        assertThat(new String(bytes, java.nio.charset.StandardCharsets.UTF_8)).doesNotContain("'x'");
    }

    @Test
    void a_grant_is_the_same_for_two_replicas_and_only_one_of_them_sends() {
        // Given
        AnalysedStatement analysed = held(f.session(), false);
        approve(analysed);
        LedgerEntry released = now(analysed);
        // When
        List<UsedGrant> both = Flux.range(0, 2)
                .flatMap(i -> grants.findUsable(released, DIGEST))
                .collectList()
                .block();
        List<Admission> admissions = Flux.just(f.ledger, f.otherReplica)
                .flatMap(replica -> replica.admit(
                        analysed,
                        needed,
                        ClearedStatement.granted(f.call(analysed, released), both.getFirst(), needed)))
                .collectList()
                .block();
        // Then
        assertThat(both).hasSize(2);
        assertThat(both.get(0).approval()).isEqualTo(both.get(1).approval());
        assertThat(admissions).hasOnlyElementsOfTypes(Admission.Admitted.class, Admission.Superseded.class);
        assertThat(admissions).filteredOn(Admission.Admitted.class::isInstance).hasSize(1);
        assertThat(grants.findUsable(now(analysed), DIGEST).blockOptional()).isEmpty();
    }

    @Test
    void an_approval_of_other_facts_is_no_grant_and_the_new_request_names_the_old() {
        // Given
        AgentSession session = f.session();
        AnalysedStatement analysed = held(session, false);
        approve(analysed);
        LedgerEntry released = now(analysed);
        byte[] changed = LedgerFixture.digest("other facts");
        // When
        boolean usable = grants.findUsable(released, changed).blockOptional().isPresent();
        LedgerEntry again = f.ledger.hold(analysed, needed, changed).block();
        // Then
        assertThat(usable).isFalse();
        assertThat(again.state()).isEqualTo(StatementState.HELD);
        assertThat(again.approval()).isNotEqualTo(released.approval());
        assertThat(f.query(
                        "select state || ' ' || superseded_by from approval_request where id = ?",
                        released.approval().orElseThrow().value()))
                .isEqualTo("WITHDRAWN " + again.approval().orElseThrow().value());
        assertThat(f.kinds(session.id())).endsWith("DECIDED", "SUPERSEDED", "HELD");
    }

    @Test
    void a_used_grant_that_became_void_leads_back_to_a_hold() {
        // Given
        AnalysedStatement analysed = held(f.session(), false);
        approve(analysed);
        grants.findUsable(now(analysed), DIGEST).block();
        // When
        LedgerEntry again = f.ledger
                .hold(analysed, needed, LedgerFixture.digest("changed after use"))
                .block();
        // Then
        assertThat(again.state()).isEqualTo(StatementState.HELD);
        assertThat(grants.findUsable(again, LedgerFixture.digest("changed after use"))
                        .blockOptional())
                .isEmpty();
    }

    @Test
    void a_denial_carries_the_reviewers_words() {
        // Given
        AgentSession session = f.session();
        AnalysedStatement analysed = held(session, false);
        // When
        f.review(now(analysed).approval().orElseThrow().value(), "DENY", "not on a Friday");
        LedgerEntry denied = now(analysed);
        // Then
        assertThat(denied.state()).isEqualTo(StatementState.DENIED);
        assertThat(denied.error().orElseThrow().message()).isEqualTo("Denied by Bob: not on a Friday");
        assertThat(denied.error().orElseThrow().wireCode()).isEqualTo(GatewayErrorCode.APPROVAL_DENIED.wireCode());
        assertThat(now(analysed).error()).isEqualTo(denied.error());
        assertThat(grants.findUsable(denied, DIGEST).blockOptional()).isEmpty();
        assertThat(f.kinds(session.id())).containsExactly("RECEIVED", "DECIDED", "HELD", "DENIED");
    }

    @Test
    void a_denied_hold_that_nobody_polls_ends_by_itself() {
        // Given
        AnalysedStatement analysed = held(f.session(), true);
        f.review(approvalOf(analysed), "DENY", "no");
        // When
        List<LedgerEntry> ended =
                f.ledger.endOverdue(Duration.ofMinutes(5)).collectList().block();
        // Then
        assertThat(ended)
                .filteredOn(entry -> entry.id().equals(analysed.statement().id()))
                .singleElement()
                .matches(entry -> entry.state() == StatementState.DENIED);
    }

    private long approvalOf(AnalysedStatement analysed) {
        return Long.parseLong(f.query(
                "select max(id) from approval_request where statement_id = ?",
                analysed.statement().id().value()));
    }

    @Test
    void a_cancelled_hold_can_no_longer_be_approved() {
        // Given
        AnalysedStatement analysed = held(f.session(), false);
        // When
        LedgerEntry ended = f.ledger
                .end(
                        analysed.statement().id(),
                        StatementState.CANCELLED,
                        GatewayErrorCode.STATEMENT_CANCELLED,
                        "cancelled")
                .block();
        // Then
        assertThat(ended.state()).isEqualTo(StatementState.CANCELLED);
        assertThat(f.query(
                        "select state from approval_request where statement_id = ?",
                        ended.id().value()))
                .isEqualTo("WITHDRAWN");
        assertThat(f.ledger
                        .end(ended.id(), StatementState.ABANDONED, GatewayErrorCode.STATEMENT_ABANDONED, "again")
                        .block()
                        .state())
                .isEqualTo(StatementState.CANCELLED);
    }

    @Test
    void an_expired_hold_ends_and_its_approval_is_worth_nothing() {
        // Given
        AnalysedStatement analysed = held(f.session(), false);
        approve(analysed);
        LedgerEntry before = now(analysed);
        f.execute(
                "update approval_request set expires_at = now() - interval '1 second' where statement_id = ?",
                analysed.statement().id().value());
        f.execute(
                "update statement set expires_at = now() - interval '1 second' where id = ?",
                analysed.statement().id().value());
        // When
        boolean usable = grants.findUsable(before, DIGEST).blockOptional().isPresent();
        List<LedgerEntry> ended =
                f.ledger.endOverdue(Duration.ofMinutes(5)).collectList().block();
        // Then
        assertThat(usable).isFalse();
        assertThat(ended)
                .extracting(LedgerEntry::id)
                .contains(analysed.statement().id());
        assertThat(now(analysed).state()).isEqualTo(StatementState.EXPIRED);
        assertThat(f.query(
                        "select state from approval_request where statement_id = ?",
                        analysed.statement().id().value()))
                .isEqualTo("EXPIRED");
    }

    @Test
    void only_a_synchronous_hold_that_nobody_polls_is_abandoned() {
        // Given
        AnalysedStatement lonely = held(f.session(), false);
        AnalysedStatement polled = held(f.session(), false);
        AnalysedStatement async = held(f.session(), true);
        for (AnalysedStatement one : List.of(lonely, polled, async)) {
            f.execute(
                    "update statement set received_at = now() - interval '1 hour', last_polled_at = now() - interval '1 hour' where id = ?",
                    one.statement().id().value());
        }
        // When
        f.ledger
                .polled(java.util.Map.of(polled.statement().id(), Instant.now()))
                .block();
        f.ledger.endOverdue(Duration.ofMinutes(5)).collectList().block();
        // Then
        assertThat(now(lonely).state()).isEqualTo(StatementState.ABANDONED);
        assertThat(now(polled).state()).isEqualTo(StatementState.HELD);
        assertThat(now(async).state()).isEqualTo(StatementState.HELD);
    }

    @Test
    void two_replicas_never_claim_the_same_released_statement() {
        // Given
        for (int i = 0; i < 6; i++) {
            approve(held(f.session(), true));
        }
        held(f.session(), true);
        // When
        List<LedgerEntry> claimed = Flux.merge(f.ledger.claimReleased(4), f.otherReplica.claimReleased(4))
                .collectList()
                .block();
        // Then
        assertThat(claimed).extracting(LedgerEntry::id).doesNotHaveDuplicates().hasSize(6);
        assertThat(claimed).allMatch(entry -> entry.state() == StatementState.RELEASED);
        assertThat(f.ledger.claimReleased(10).collectList().block()).isEmpty();
    }

    @Test
    void reviews_are_found_again_from_a_cursor() {
        // Given
        Instant cursor = Instant.now().minusMillis(50);
        AnalysedStatement analysed = held(f.session(), false);
        // When
        approve(analysed);
        // Then
        assertThat(f.ledger.reviewedSince(cursor).collectList().block())
                .contains(analysed.statement().id());
        assertThat(f.ledger
                        .reviewedSince(Instant.now().plusSeconds(60))
                        .collectList()
                        .block())
                .isEmpty();
    }

    @Test
    void an_approved_statement_that_needs_none_any_more_uses_its_approval_up() {
        // Given
        AnalysedStatement analysed = held(f.session(), false);
        approve(analysed);
        Decision.Allow allow = LedgerDecisions.allow(LedgerFixture.plan("A"));
        // When
        Admission admission = f.ledger
                .admit(analysed, allow, f.cleared(analysed, now(analysed), allow))
                .block();
        // Then
        assertThat(admission).isInstanceOf(Admission.Admitted.class);
        assertThat(f.query(
                        "select state from approval_request where statement_id = ?",
                        analysed.statement().id().value()))
                .isEqualTo("USED");
    }
}

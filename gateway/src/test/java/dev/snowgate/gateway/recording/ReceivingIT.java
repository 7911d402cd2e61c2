package dev.snowgate.gateway.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.Receipt;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.gateway.statement.StoredText;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.StatementState;
import dev.snowgate.policy.LedgerDecisions;
import dev.snowgate.recording.ChainReport;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReceivingIT {
    private final LedgerFixture f = new LedgerFixture();

    @AfterAll
    void close() {
        f.close();
    }

    @Test
    void the_same_request_again_joins_the_first() {
        // Given
        AgentSession session = f.session();
        Statement first = f.statement(session, "select 'a'", "r-1", false, false);
        Statement again = f.statement(session, "select 'a'", "r-1", false, false);
        Receipt received = f.ledger
                .receive(first, LedgerFixture.digest("a"), UUID.randomUUID())
                .block();
        // When
        Receipt repeated = f.otherReplica
                .receive(again, LedgerFixture.digest("a"), UUID.randomUUID())
                .block();
        // Then
        assertThat(received).isInstanceOf(Receipt.New.class);
        assertThat(repeated).isInstanceOf(Receipt.Known.class);
        assertThat(repeated.entry().id()).isEqualTo(first.id());
        assertThat(repeated.entry().upstreamRequestId())
                .isEqualTo(received.entry().upstreamRequestId());
        assertThat(f.kinds(session.id())).containsExactly("RECEIVED");
    }

    @Test
    void the_same_key_with_another_digest_is_reused() {
        // Given
        AgentSession session = f.session();
        f.ledger
                .receive(
                        f.statement(session, "select 1", "r-2", false, false),
                        LedgerFixture.digest("a"),
                        UUID.randomUUID())
                .block();
        // When
        Receipt receipt = f.ledger
                .receive(
                        f.statement(session, "select 2", "r-2", false, false),
                        LedgerFixture.digest("b"),
                        UUID.randomUUID())
                .block();
        // Then
        assertThat(receipt).isInstanceOf(Receipt.Reused.class);
    }

    @Test
    void in_the_sql_api_the_key_belongs_to_the_principal_and_not_to_the_session() {
        // Given
        AgentSession one = f.session(Dialect.SQL_API, "api-agent", "ann@example.com");
        AgentSession two = f.session(Dialect.SQL_API, "api-agent", "ann@example.com");
        AgentSession other = f.session(Dialect.SQL_API, "api-agent", "eve@example.com");
        f.ledger
                .receive(f.statement(one, "select 1", "k", false, false), LedgerFixture.digest("a"), UUID.randomUUID())
                .block();
        // When
        Receipt same = f.ledger
                .receive(f.statement(two, "select 1", "k", false, false), LedgerFixture.digest("a"), UUID.randomUUID())
                .block();
        Receipt another = f.ledger
                .receive(
                        f.statement(other, "select 1", "k", false, false), LedgerFixture.digest("a"), UUID.randomUUID())
                .block();
        // Then
        assertThat(same).isInstanceOf(Receipt.Known.class);
        assertThat(another).isInstanceOf(Receipt.New.class);
    }

    @Test
    void text_bindings_and_parameters_come_back_and_lie_sealed() {
        // Given
        Statement statement = f.statement(f.session(), "select 'hush-hush'");
        f.received(statement);
        // When
        StoredText text = f.otherReplica.text(statement.id()).block();
        // Then
        assertThat(text.text()).isEqualTo(statement.text());
        assertThat(text.bindings()).isEqualTo(statement.bindings());
        assertThat(text.parameters()).isEqualTo(statement.parameters());
        assertThat(text.rowLimit()).isEqualTo(statement.rowLimit());
        assertThat(text.statementCount()).isEqualTo(statement.statementCount());
        assertThat(text.timeoutSeconds()).isEmpty();
        assertThat(text.queryTag()).isEqualTo("their tag");
        assertThat(text.droppedFields()).containsExactly("dataframeAst");
        assertThat(f.query(
                        "select count(*) from statement s where s.id = ? and position('hush-hush'::bytea in s.sealed_text) > 0",
                        statement.id().value()))
                .isEqualTo("0");
    }

    @Test
    void an_id_is_found_by_its_owner_from_any_session_and_by_nobody_else() {
        // Given
        AgentSession session = f.session();
        Statement statement = f.statement(session, "select 1");
        f.received(statement);
        String id = statement.id().toString();
        // When
        LedgerEntry own = f.ledger.findOwned(f.session(), id).block();
        // Then
        assertThat(own.id()).isEqualTo(statement.id());
        assertThat(f.ledger
                        .findOwned(f.session(Dialect.DRIVER, "copilot", "eve@example.com"), id)
                        .blockOptional())
                .isEmpty();
        assertThat(f.ledger
                        .findOwned(f.session(Dialect.DRIVER, "other", "ann@example.com"), id)
                        .blockOptional())
                .isEmpty();
        assertThat(f.ledger.findOwned(session, "x'; drop table statement").blockOptional())
                .isEmpty();
        assertThat(f.ledger
                        .findByRequest(session, statement.requestId())
                        .block()
                        .id())
                .isEqualTo(statement.id());
    }

    @Test
    void a_refusal_is_recorded_with_its_decision_and_says_the_same_at_every_poll() {
        // Given
        AgentSession session = f.session();
        Statement statement = f.statement(session, "select 'secret'");
        f.received(statement);
        // When
        LedgerEntry entry = f.ledger
                .refuse(
                        f.analysed(statement),
                        LedgerDecisions.deny(),
                        GatewayErrorCode.POLICY_DENIED,
                        "Refused by no-drop.")
                .block();
        // Then
        assertThat(entry.state()).isEqualTo(StatementState.REFUSED);
        assertThat(entry.error().orElseThrow().message()).isEqualTo("Refused by no-drop.");
        assertThat(f.ledger.require(statement.id()).block().error()).isEqualTo(entry.error());
        assertThat(f.kinds(session.id())).containsExactly("RECEIVED", "DECIDED", "REFUSED");
        assertThat(f.query(
                        "select count(*) from session_event where session_id = ? and convert_from(body, 'UTF8') like '%secret%'",
                        session.id().value()))
                .isEqualTo("0");
        assertThat(f.query(
                        "select shape from statement where id = ?",
                        statement.id().value()))
                .isEqualTo("select ‹1›");
        assertThat(f.verify(session.id())).isInstanceOf(ChainReport.Verified.class);
    }

    @Test
    void a_fault_ends_the_statement() {
        // Given
        AgentSession session = f.session();
        Statement statement = f.statement(session, "select 1");
        f.received(statement);
        // When
        LedgerEntry entry = f.ledger
                .fault(statement, GatewayErrorCode.INTERNAL_FAULT, "A fault.")
                .block();
        // Then
        assertThat(entry.state()).isEqualTo(StatementState.FAILED);
        assertThat(f.kinds(session.id())).containsExactly("RECEIVED", "FAILED");
    }

    @Test
    void ids_expire_a_day_after_the_end() {
        // Given
        AgentSession session = f.session();
        Statement statement = f.statement(session, "select 1");
        f.received(statement);
        f.ledger.fault(statement, GatewayErrorCode.INTERNAL_FAULT, "A fault.").block();
        f.execute(
                "update statement set ended_at = now() - interval '25 hours' where id = ?",
                statement.id().value());
        // When / Then
        assertThat(f.ledger.findOwned(session, statement.id().toString()).blockOptional())
                .isEmpty();
    }

    @Test
    void an_unknown_id_is_a_fault_of_our_own_work() {
        assertThatThrownBy(() -> f.ledger
                        .require(dev.snowgate.model.statement.StatementId.random())
                        .block())
                .isInstanceOfSatisfying(
                        GatewayException.class, e -> assertThat(e.code()).isEqualTo(GatewayErrorCode.UNKNOWN_ID));
    }
}

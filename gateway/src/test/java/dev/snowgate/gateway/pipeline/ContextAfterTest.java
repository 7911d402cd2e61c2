package dev.snowgate.gateway.pipeline;

import static dev.snowgate.gateway.pipeline.PipelineFixture.CONTEXT;
import static dev.snowgate.gateway.pipeline.PipelineFixture.leaving;
import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.TransactionState;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.SqlAnalysis;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContextAfterTest {
    private static final SessionContext DEV = CONTEXT.withNamespace(Optional.of("DEV"), Optional.of("SANDBOX"));
    private final PipelineFixture standard = PipelineFixture.standard();

    @Test
    void the_last_statement_says_where_a_request_ends() {
        AnalysedStatement several = standard.withStatements(
                        leaving(DEV, true, Effect.SESSION), leaving(DEV.withRole("OTHER"), true, Effect.SESSION))
                .analysed();
        AnalysedStatement none = new AnalysedStatement(
                standard.statement(),
                new SqlAnalysis.NotUnderstood(Optional.empty(), "x", "y", "", 0, 0),
                standard.catalog());

        assertThat(ContextAfter.expected(several)).isEqualTo(DEV.withRole("OTHER"));
        assertThat(ContextAfter.expected(none)).isEqualTo(CONTEXT);
    }

    @Test
    void only_a_name_that_is_told_and_differs_is_a_drift() {
        assertThat(ContextAfter.drifted(CONTEXT, Map.of())).isFalse();
        assertThat(ContextAfter.drifted(
                        CONTEXT,
                        Map.of(
                                "database",
                                Optional.of("PROD"),
                                "schema",
                                Optional.of("CRM"),
                                "warehouse",
                                Optional.of("WH"),
                                "role",
                                Optional.of("AGENT_ROLE"))))
                .isFalse();
        assertThat(ContextAfter.drifted(CONTEXT, Map.of("database", Optional.empty())))
                .isFalse();
        for (String key : new String[] {"database", "schema", "warehouse", "role"}) {
            assertThat(ContextAfter.drifted(CONTEXT, Map.of(key, Optional.of("ELSE"))))
                    .as(key)
                    .isTrue();
        }
        SessionContext bare = CONTEXT.withNamespace(Optional.empty(), Optional.empty());
        assertThat(ContextAfter.drifted(bare, Map.of("schema", Optional.of("CRM"))))
                .isTrue();
    }

    @Test
    void one_statement_that_failed_left_nothing_behind() {
        assertThat(ContextAfter.afterFailure(standard.analysed())).isEmpty();
        assertThat(ContextAfter.afterFailure(standard.withStatements(leaving(DEV, true, Effect.SESSION))
                        .analysed()))
                .isEmpty();
    }

    @Test
    void an_open_transaction_is_in_doubt_after_an_error() {
        SessionContext open = CONTEXT.withTransaction(TransactionState.OPEN);

        assertThat(ContextAfter.afterFailure(standard.withContext(open).analysed()))
                .contains(open.withTransaction(TransactionState.UNKNOWN));
    }

    @Test
    void after_several_of_which_some_change_the_session_no_short_name_means_anything() {
        SessionContext lost =
                CONTEXT.withNamespace(Optional.empty(), Optional.empty()).withTransaction(TransactionState.UNKNOWN);

        for (Effect effect : new Effect[] {Effect.SESSION, Effect.TRANSACTION}) {
            assertThat(ContextAfter.afterFailure(
                            standard.withStatements(leaving(DEV, true, effect), leaving(DEV, true, Effect.READ))
                                    .analysed()))
                    .contains(lost);
        }
        assertThat(ContextAfter.afterFailure(standard.withStatements(leaving(DEV, false, Effect.CODE))
                        .analysed()))
                .contains(lost);
        assertThat(ContextAfter.afterFailure(standard.withStatements(
                                leaving(CONTEXT, true, Effect.READ), leaving(CONTEXT, true, Effect.READ))
                        .analysed()))
                .isEmpty();
    }
}

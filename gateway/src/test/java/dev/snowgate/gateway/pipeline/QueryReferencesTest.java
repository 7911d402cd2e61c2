package dev.snowgate.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.Owner;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.QueryId;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.model.statement.StatementState;
import dev.snowgate.sql.OutputColumn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class QueryReferencesTest {
    private static final List<OutputColumn> LINEAGE =
            List.of(new OutputColumn("ID", Set.of(), OutputColumn.Derivation.CONSTANT));
    private static final MaskPlan.PlannedColumn COLUMN = new MaskPlan.PlannedColumn("ID", Optional.empty(), "", "");

    private final AgentSession session =
            PipelineFixture.standard().analysed().statement().session();

    @Test
    void a_result_that_is_read_again_has_the_lineage_of_its_columns() {
        assertThat(lineage(new MaskPlan(List.of(COLUMN), true), LINEAGE)).contains(LINEAGE);
    }

    @Test
    void a_result_with_more_columns_than_are_known_has_no_lineage() {
        assertThat(lineage(new MaskPlan(List.of(COLUMN), true, Optional.of(COLUMN)), LINEAGE))
                .isEmpty();
        assertThat(lineage(MaskPlan.none(), List.of())).isEmpty();
    }

    private Optional<List<OutputColumn>> lineage(MaskPlan plan, List<OutputColumn> output) {
        return new QueryReferences.Resolved("SELECT 1", Map.of("x", entry(plan, output)))
                .lineage()
                .output("x");
    }

    private LedgerEntry entry(MaskPlan plan, List<OutputColumn> output) {
        return new LedgerEntry(
                StatementId.random(),
                session.id(),
                Owner.of(session),
                Dialect.DRIVER,
                "request",
                new byte[32],
                StatementState.SUCCEEDED,
                false,
                false,
                false,
                PipelineFixture.CONTEXT,
                UUID.randomUUID(),
                Optional.of(new QueryId("01b00000-0000-0000-0000-000000000001")),
                Optional.empty(),
                Optional.empty(),
                Optional.of(plan),
                output,
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                OptionalLong.empty());
    }
}

package dev.snowgate.gateway.pipeline;

import static dev.snowgate.gateway.pipeline.PipelineFixture.CONTEXT;
import static dev.snowgate.gateway.pipeline.PipelineFixture.CUSTOMERS;
import static dev.snowgate.gateway.pipeline.PipelineFixture.ORDERS;
import static dev.snowgate.gateway.pipeline.PipelineFixture.obligations;
import static dev.snowgate.gateway.pipeline.PipelineFixture.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.TransactionState;
import dev.snowgate.policy.LedgerDecisions;
import dev.snowgate.policy.Obligations;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.ObjectUse;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClearanceTest {
    private static final Obligations MASKED = obligations(plan(Optional.of(MaskFunction.EMAIL), Optional.empty()));
    private final PipelineFixture standard = PipelineFixture.standard();

    private static String digest(PipelineFixture fixture) {
        return digest(fixture, MASKED);
    }

    private static String digest(PipelineFixture fixture, Obligations obligations) {
        return HexFormat.of().formatHex(Clearance.approvalDigest(fixture.analysed(), obligations));
    }

    @Test
    void what_was_decided_for_one_warehouse_or_role_is_not_composed_for_another() {
        // Given
        Obligations xs = new Obligations(
                MASKED.masks(),
                Optional.empty(),
                Optional.empty(),
                Obligations.RecordLevel.AS_SEEN,
                Optional.empty(),
                Set.of("WH_XS"),
                Set.of("ANALYST"),
                Set.of());

        // When / Then
        SessionContext fits = CONTEXT.withWarehouse(Optional.of("WH_XS")).withRole("ANALYST");
        assertThat(clear(fits, xs)).isNotNull();
        for (SessionContext other : List.of(
                fits.withWarehouse(Optional.of("WH_BIG")),
                fits.withWarehouse(Optional.empty()),
                fits.withRole("OTHER"))) {
            assertThatThrownBy(() -> clear(other, xs)).isInstanceOf(IllegalStateException.class);
        }
    }

    private Object clear(SessionContext context, Obligations obligations) {
        return Clearance.allowed(
                standard.withContext(context).analysed(), LedgerDecisions.allow(obligations), UUID.randomUUID());
    }

    @Test
    void an_approval_covers_all_that_the_reviewer_saw_and_where_it_runs() {
        // Given
        Map<String, String> digests = new LinkedHashMap<>();
        digests.put("as it is", digest(standard));
        digests.put("text", digest(standard.withText("select email from customers ")));
        digests.put("bindings", digest(standard.withBound("[1]")));
        digests.put("agent", digest(standard.withAgent("other", "ann@example.com")));
        digests.put("person", digest(standard.withAgent("copilot", "bob@example.com")));
        digests.put("no person", digest(standard.withAgent("copilot", "")));
        digests.put("parameters", digest(standard.withParameters(Map.of("TIMEZONE", "UTC"))));
        digests.put("definition", digest(standard.withCatalog(PipelineFixture.catalog("select email from elsewhere"))));
        digests.put(
                "unknown object",
                digest(standard.withCatalog(PipelineFixture.catalog("x").without(List.of(CUSTOMERS)))));
        digests.put("object", digest(standard.withStatements(PipelineFixture.reading(ORDERS))));
        digests.put(
                "several",
                digest(standard.withStatements(
                        PipelineFixture.reading(CUSTOMERS), PipelineFixture.reading(CUSTOMERS))));
        digests.put("mask", digest(standard, obligations(plan(Optional.of(MaskFunction.HASH), Optional.empty()))));
        digests.put("no mask", digest(standard, obligations(plan(Optional.empty(), Optional.empty()))));
        List<SessionContext> contexts = List.of(
                CONTEXT.withRole("R"),
                CONTEXT.withWarehouse(Optional.of("W")),
                CONTEXT.withWarehouse(Optional.empty()),
                CONTEXT.withNamespace(Optional.of("DEV"), Optional.of("CRM")),
                CONTEXT.withNamespace(Optional.of("PROD"), Optional.of("HR")),
                CONTEXT.withParameters(new TreeMap<>(Map.of("QUOTED_IDENTIFIERS_IGNORE_CASE", "true"))),
                CONTEXT.withParameters(new TreeMap<>(Map.of("AUTOCOMMIT", "false"))),
                CONTEXT.withTransaction(TransactionState.UNKNOWN),
                CONTEXT.withOverlay(Set.of("V"), Set.of()),
                CONTEXT.withOverlay(Set.of(), Set.of("V")));
        contexts.forEach(context -> digests.put(context.toString(), digest(standard.withContext(context))));

        // When / Then
        assertThat(new HashSet<>(digests.values()))
                .as("all differ: %s", digests)
                .hasSize(digests.size());
    }

    @Test
    void neither_epoch_nor_session_nor_the_order_of_sets_is_part_of_it() {
        // Given
        PipelineFixture many = standard.withContext(
                CONTEXT.withOverlay(Set.of("A", "B", "C", "D", "E"), Set.of("T1", "T2", "T3", "T4")));
        String first = digest(many);

        // When / Then
        assertThat(digest(many.withContext(many.context().withEpoch(41)))).isEqualTo(first);
        for (int i = 0; i < 20; i++) {
            assertThat(digest(many.withContext(
                            CONTEXT.withOverlay(shuffled("E", "D", "C", "B", "A"), shuffled("T4", "T2", "T3", "T1")))))
                    .isEqualTo(first);
        }
    }

    @Test
    void the_order_in_which_objects_were_found_is_no_part_of_it() {
        ObjectUse customers = new ObjectUse(CUSTOMERS, ObjectKind.VIEW, Effect.READ, true);
        ObjectUse orders = new ObjectUse(ORDERS, ObjectKind.TABLE, Effect.WRITE, true);
        Set<Effect> effects = Set.of(Effect.READ, Effect.WRITE, Effect.CREATE);

        assertThat(digest(standard.withStatements(
                        PipelineFixture.analysis(CONTEXT, true, Set.of(), effects, customers, orders))))
                .isEqualTo(digest(standard.withStatements(
                        PipelineFixture.analysis(CONTEXT, true, Set.of(), effects, orders, customers))));
    }

    @Test
    void values_cannot_be_moved_from_one_name_to_another() {
        assertThat(digest(standard.withParameters(Map.of("A", "1, B=2"))))
                .isNotEqualTo(digest(standard.withParameters(Map.of("A", "1", "B", "2"))));
        assertThat(digest(standard.withContext(CONTEXT.withOverlay(Set.of("A, B"), Set.of()))))
                .isNotEqualTo(digest(standard.withContext(CONTEXT.withOverlay(Set.of("A", "B"), Set.of()))));
    }

    @Test
    void what_is_sent_carries_our_request_id_and_tag() {
        // Given
        UUID request = UUID.randomUUID();
        var decision = LedgerDecisions.allow(plan(Optional.empty(), Optional.empty()));

        // When
        var cleared = Clearance.allowed(standard.analysed(), decision, request);

        // Then
        assertThat(cleared.call().upstreamRequestId()).isEqualTo(request);
        assertThat(cleared.call().rowLimit()).isEmpty();
        assertThat(cleared.call().queryTag()).startsWith("snowgate;agent=copilot");
    }

    private static Set<String> shuffled(String... names) {
        List<String> list = Arrays.asList(names);
        Collections.shuffle(list);
        return new HashSet<>(list);
    }
}

package dev.snowgate.gateway.snowflake.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Protection;
import dev.snowgate.gateway.snowflake.JsonReply;
import dev.snowgate.gateway.snowflake.StrictJson;
import dev.snowgate.gateway.snowflake.driver.DriverReplies;
import dev.snowgate.gateway.statement.ByteSource;
import dev.snowgate.gateway.statement.ChunkVault;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.MaskedReply;
import dev.snowgate.gateway.statement.Owner;
import dev.snowgate.gateway.statement.StoredChunks;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.masking.Masks;
import dev.snowgate.model.agent.AgentId;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.model.statement.StatementState;
import dev.snowgate.sql.OutputColumn;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class ReplyMaskerTest {
    private static final String REPLY = """
        {"data":{"parameters":[],"rowtype":[
          {"name":"X","database":"PROD","schema":"CRM","table":"CUSTOMERS","type":"text","nullable":false,"length":40,"byteLength":160,"precision":null,"scale":null},
          {"name":"EMAIL","database":"","schema":"","table":"","type":"text","nullable":false,"length":1,"byteLength":4,"precision":null,"scale":null}],
         "rowset":[["anna@acme.example","a"],[null,"a"]],"total":10,"returned":10,
         "queryId":"01b2c3d4-0000-1111-2222-333344445555","statementTypeId":4096,"version":1,"queryResultFormat":"json",
         "surprise":[["anna@acme.example"]],%s
         "numberOfBinds":0},"code":null,"message":null,"success":true,"unknownEnvelopeField":1}
        """;
    private static final String CHUNKS = """
        "chunks":[{"url":"https://storage.example/one?sig=1","rowCount":8,"uncompressedSize":100,"compressedSize":50}],
        "chunkHeaders":{"x-amz-server-side-encryption-customer-key":"topsecret"},"qrmk":"topsecret",
        """;
    private CatalogSnapshot catalog = CatalogSnapshot.empty("ACME");
    private final FakeVault vault = new FakeVault();
    private final HeldMemory memory = new HeldMemory(100_000);
    private final ReplyMasker masker = new ReplyMasker(
            new Masks(new byte[32]),
            vault,
            new ChunkAddresses(
                    URI.create("https://gateway.example:8443"),
                    new ChunkCapability(new byte[32], Duration.ofHours(6)),
                    Clock.systemUTC()),
            new OriginWitness(account -> Mono.just(catalog)),
            memory,
            Schedulers.immediate());

    @Test
    void members_of_a_masked_structured_column_may_be_null_but_for_the_names_of_a_map() {
        // Given
        String column = """
            {"name":"X","database":"","schema":"","table":"","type":"object","nullable":false,"fields":[
             {"name":"m","type":"map","nullable":false,"fields":[
              {"type":"text","nullable":false},{"type":"array","nullable":false,"fields":[{"type":"fixed","nullable":false}]}]}]}\
            """;
        String other = column.replace("\"X\"", "\"EMAIL\"");
        String reply = """
            {"data":{"rowtype":[%s,%s],"rowset":[],"total":0,"returned":0,"queryId":"%s"},"code":null,"success":true}\
            """.formatted(column, other, "01b00000-0000-0000-0000-000000000001");

        // When
        String text = text(mask(reply, plan("X", "EMAIL")));

        // Then
        String edited = column.replace("\n", "")
                .replace(" ", "")
                .replace("false", "true")
                .replace("{\"type\":\"text\",\"nullable\":true}", "{\"type\":\"text\",\"nullable\":false}");
        String kept = other.replace("\n", "").replace(" ", "");
        assertThat(text).contains("\"rowtype\":[" + edited + "," + kept + "]");
    }

    @Test
    void a_batch_inside_of_a_reply_takes_no_more_memory_than_there_is_and_gives_it_back() {
        for (int length : new int[] {1_000, 200_000}) {
            // Given
            ArrowSample sample = ArrowSample.of(
                    List.of(new ArrowSample.Column(
                            "X", ArrowSample.Kind.TEXT, 0, ArrowSample.cells("anna".repeat(length / 4)))),
                    1);
            String reply = """
                {"data":{"rowtype":[{"name":"X","database":"","schema":"","table":"","type":"text","nullable":true}],\
                "rowsetBase64":"%s","queryResultFormat":"arrow","total":1,"returned":1,\
                "queryId":"01b00000-0000-0000-0000-000000000001"},"code":null,"success":true}\
                """.formatted(Base64.getEncoder().encodeToString(sample.stream()));

            // When / Then
            if (length < 100_000) {
                assertThat(mask(reply, plan("X")).maskedCells()).isEqualTo(1);
            } else {
                withheld(reply, plan("X"));
            }
            assertThat(memory.left()).isEqualTo(100_000);
        }
    }

    @Test
    void a_column_is_masked_by_position_never_by_name() {
        // When
        MaskedReply masked = mask(REPLY.formatted(""), plan("X", "EMAIL"));

        // Then
        String text = text(masked);
        assertThat(text).contains("[[\"***\",\"a\"],[null,\"a\"]]").doesNotContain("anna@");
        assertThat(masked.maskedCells()).isEqualTo(1);
        assertThat(masked.maskedColumns()).containsExactly(0);
        assertThat(new String(masked.page().bytes(), StandardCharsets.UTF_8))
                .isEqualTo("[[\"***\",\"a\"],[null,\"a\"]]");
    }

    @Test
    void fields_beside_the_rows_that_nobody_knows_are_removed_and_the_envelope_kept() {
        // When
        String text = text(mask(REPLY.formatted(""), plan("X", "EMAIL")));

        // Then
        assertThat(text).doesNotContain("surprise").contains("unknownEnvelopeField");
    }

    @Test
    void chunk_addresses_and_keys_stay_inside() {
        // When
        String text = text(mask(REPLY.formatted(CHUNKS), plan("X", "EMAIL")));

        // Then
        assertThat(text)
                .contains("https://gateway.example:8443/snowgate/chunks/", "x-snowgate-chunk")
                .doesNotContain("storage.example", "topsecret", "qrmk");
        assertThat(vault.stored).singleElement().satisfies(chunks -> {
            assertThat(chunks.parts().getFirst().url()).isEqualTo("https://storage.example/one?sig=1");
            assertThat(chunks.headers()).containsEntry("x-amz-server-side-encryption-customer-key", "topsecret");
            assertThat(chunks.plan().columns().getFirst().mask()).isPresent();
        });
    }

    @Test
    void another_name_count_or_format_than_planned_withholds_the_result() {
        withheld(REPLY.formatted(""), plan("Y", "EMAIL"));
        withheld(REPLY.formatted(""), plan("EMAIL", "X"));
        withheld(REPLY.formatted(""), plan("X"));
        withheld(
                REPLY.formatted("").replace("\"queryResultFormat\":\"json\"", "\"queryResultFormat\":\"arrow\""),
                plan("X", "EMAIL"));
        withheld(REPLY.formatted("\"rowsetBase64\":\"AAAA\","), plan("X", "EMAIL"));
        withheld(REPLY.formatted("").replace("[null,\"a\"]", "[null,\"a\",\"b\"]"), plan("X", "EMAIL"));
    }

    @Test
    void a_result_larger_than_the_policy_lets_out_is_not_released() {
        // Given: two rows of 24 bytes inline, a chunk of 100 bytes announced
        String reply = REPLY.formatted(CHUNKS);
        MaskPlan plan = plan("X", "EMAIL");

        // When / Then
        assertThat(masker.mask(entry(OptionalLong.of(124)), complete(reply), plan)
                        .block())
                .isNotNull();
        tooLarge(reply, 123);
        tooLarge(REPLY.formatted(""), 23);
        tooLarge(reply.replace("\"uncompressedSize\":100", "\"uncompressedSize\":0"), 1_000_000);
        assertThat(vault.stored).hasSize(1);
    }

    @Test
    void a_part_may_be_as_large_as_the_limit_leaves_room_beside_the_others() {
        // Given
        StoredChunks chunks = new StoredChunks(
                List.of(new StoredChunks.Part("u", 1, 300, 1), new StoredChunks.Part("u", 1, 500, 1)),
                java.util.Map.of(),
                StoredChunks.Format.JSON,
                List.of(),
                List.of(),
                MaskPlan.none());

        // Then
        assertThat(ResultSize.most(chunks, chunks.parts().get(1), OptionalLong.of(1_000)))
                .isEqualTo(700);
        assertThat(ResultSize.most(chunks, chunks.parts().get(1), OptionalLong.of(100)))
                .isZero();
        assertThat(ResultSize.most(chunks, chunks.parts().get(1), OptionalLong.empty()))
                .isEqualTo(Long.MAX_VALUE);
    }

    private void tooLarge(String reply, long most) {
        assertThatThrownBy(() -> masker.mask(entry(OptionalLong.of(most)), complete(reply), plan("X", "EMAIL"))
                        .block())
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        fault -> assertThat(fault.code()).isEqualTo(GatewayErrorCode.RESULT_TOO_LARGE));
    }

    @Test
    void a_column_that_snowflake_reports_as_protected_and_the_lineage_does_not_know_withholds_the_result() {
        // Given
        ObjectName customers = new ObjectName("PROD", "CRM", "CUSTOMERS");
        CatalogColumn column =
                new CatalogColumn("X", "VARCHAR", true, Optional.of(new Protection("email", "yaml:test")));
        catalog = CatalogSnapshot.of(
                "ACME",
                1,
                List.of(new CatalogObject(
                        customers, ObjectKind.TABLE, List.of(column), Optional.empty(), Set.of(), Instant.EPOCH)));
        MaskPlan released = new MaskPlan(
                List.of(
                        new MaskPlan.PlannedColumn("X", Optional.empty(), "", ""),
                        new MaskPlan.PlannedColumn("EMAIL", Optional.empty(), "", "")),
                true);

        // When / Then
        withheld(REPLY.formatted(""), released);
        assertThat(mask(REPLY.formatted(""), plan("X", "EMAIL")).maskedCells())
                .as("masked anyway")
                .isEqualTo(1);
        LedgerEntry knowing = entry(
                List.of(new OutputColumn("X", Set.of(new ColumnName(customers, "X")), OutputColumn.Derivation.DIRECT)));
        assertThat(masker.mask(knowing, complete(REPLY.formatted("")), released).block())
                .as("the policy released it knowingly")
                .isNotNull();
    }

    /** The reply says text of both columns. */
    @ParameterizedTest
    @CsvSource({
        "VARCHAR, DIRECT, true",
        "TEXT, DIRECT, true",
        "varchar(20), DIRECT, true",
        "'NUMBER(38,0)', DIRECT, false",
        "DATE, DIRECT, false",
        "BINARY, DIRECT, false",
        "VARIANT, DIRECT, false",
        "TIMESTAMP_NTZ(9), DIRECT, false",
        "NUMBER, DERIVED, true",
        "GEOGRAPHY, DIRECT, true",
        "'', DIRECT, true"
    })
    void a_stored_column_of_another_type_than_the_catalog_knows_withholds_the_result(
            String stored, OutputColumn.Derivation derivation, boolean released) {
        // Given
        ObjectName orders = new ObjectName("PROD", "CRM", "ORDERS");
        catalog = CatalogSnapshot.of(
                "ACME",
                1,
                List.of(new CatalogObject(
                        orders,
                        ObjectKind.TABLE,
                        List.of(
                                new CatalogColumn("X", stored, true, Optional.empty()),
                                new CatalogColumn("N", "NUMBER", true, Optional.empty())),
                        Optional.empty(),
                        Set.of(),
                        Instant.EPOCH)));
        LedgerEntry entry = entry(List.of(new OutputColumn("X", Set.of(new ColumnName(orders, "X")), derivation)));
        LedgerEntry either = entry(List.of(
                new OutputColumn("X", Set.of(new ColumnName(orders, "X"), new ColumnName(orders, "N")), derivation)));

        // When / Then
        if (released) {
            assertThat(masker.mask(entry, complete(REPLY.formatted("")), plan("X", "EMAIL"))
                            .block())
                    .isNotNull();
        } else {
            assertThatThrownBy(() -> masker.mask(entry, complete(REPLY.formatted("")), plan("X", "EMAIL"))
                            .block())
                    .isInstanceOf(GatewayException.class)
                    .hasMessageContaining("another type");
        }
        if (!stored.startsWith("NUMBER")) {
            assertThat(masker.mask(either, complete(REPLY.formatted("")), plan("X", "EMAIL"))
                            .block())
                    .as("columns of several types have one that is not known")
                    .isNotNull();
        }
    }

    @Test
    void columns_after_the_known_ones_have_the_mask_of_the_rest() {
        // Given
        MaskPlan.PlannedColumn free = new MaskPlan.PlannedColumn("X", Optional.empty(), "", "");
        MaskPlan.PlannedColumn hidden =
                new MaskPlan.PlannedColumn("", Optional.of(new Mask(MaskFunction.REDACT, "***")), "pii", "email");
        MaskPlan one = new MaskPlan(List.of(free), true, Optional.of(hidden));
        MaskPlan none = new MaskPlan(List.of(), true, Optional.of(hidden));
        MaskPlan three = new MaskPlan(List.of(free, free, free), true, Optional.of(hidden));

        // When / Then
        assertThat(mask(REPLY.formatted(""), one).maskedColumns()).containsExactly(1);
        assertThat(text(mask(REPLY.formatted(""), none))).doesNotContain("anna").contains("***");
        assertThat(mask(REPLY.formatted(""), none).maskedColumns()).containsExactly(0, 1);
        withheld(REPLY.formatted(""), three);
        withheld(REPLY.formatted(""), new MaskPlan(List.of(free), true));
    }

    @Test
    void a_column_of_the_rest_that_snowflake_reports_as_protected_and_no_mask_hides_withholds_the_result() {
        // Given
        catalog = CatalogSnapshot.of(
                "ACME",
                1,
                List.of(new CatalogObject(
                        new ObjectName("PROD", "CRM", "CUSTOMERS"),
                        ObjectKind.TABLE,
                        List.of(new CatalogColumn(
                                "X", "VARCHAR", true, Optional.of(new Protection("email", "yaml:test")))),
                        Optional.empty(),
                        Set.of(),
                        Instant.EPOCH)));
        MaskPlan.PlannedColumn free = new MaskPlan.PlannedColumn("", Optional.empty(), "", "");

        // When / Then
        withheld(REPLY.formatted(""), new MaskPlan(List.of(), true, Optional.of(free)));
    }

    @Test
    void a_description_with_rows_is_withheld() {
        // Given
        UpstreamReply.Complete reply = complete(REPLY.formatted(""));

        // When / Then
        assertThatThrownBy(() ->
                        masker.maskDescribe(entry(), reply, plan("X", "EMAIL")).block())
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        fault -> assertThat(fault.code()).isEqualTo(GatewayErrorCode.RESULT_WITHHELD));
    }

    private void withheld(String reply, MaskPlan plan) {
        assertThatThrownBy(() -> mask(reply, plan)).isInstanceOfSatisfying(GatewayException.class, fault -> {
            assertThat(fault.code()).isEqualTo(GatewayErrorCode.RESULT_WITHHELD);
            assertThat(fault.getMessage()).doesNotContain("anna");
        });
    }

    private MaskedReply mask(String reply, MaskPlan plan) {
        return java.util.Objects.requireNonNull(
                masker.mask(entry(), complete(reply), plan).block());
    }

    private static UpstreamReply.Complete complete(String reply) {
        return (UpstreamReply.Complete) DriverReplies.parse(ByteSource.of(reply.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(MaskedReply masked) {
        return new String(StrictJson.write(((JsonReply) masked.body()).tree()), StandardCharsets.UTF_8);
    }

    private static MaskPlan plan(String... names) {
        List<MaskPlan.PlannedColumn> columns = new ArrayList<>();
        for (String name : names) {
            Optional<Mask> mask =
                    columns.isEmpty() ? Optional.of(new Mask(MaskFunction.REDACT, "***")) : Optional.empty();
            columns.add(new MaskPlan.PlannedColumn(name, mask, "pii", "email"));
        }
        return new MaskPlan(columns, true);
    }

    static LedgerEntry entry() {
        return entry(List.of(), OptionalLong.empty());
    }

    private static LedgerEntry entry(OptionalLong mostResultBytes) {
        return entry(List.of(), mostResultBytes);
    }

    private static LedgerEntry entry(List<OutputColumn> lineage) {
        return entry(lineage, OptionalLong.empty());
    }

    private static LedgerEntry entry(List<OutputColumn> lineage, OptionalLong mostResultBytes) {
        return new LedgerEntry(
                StatementId.random(),
                SessionId.random(),
                new Owner("ACME", new AgentId("agent"), Optional.empty()),
                Dialect.DRIVER,
                "request",
                new byte[32],
                StatementState.SUCCEEDED,
                false,
                false,
                false,
                SessionContext.of("ACME", "U", "R", Optional.empty(), Optional.empty(), Optional.empty()),
                UUID.randomUUID(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                lineage,
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                mostResultBytes);
    }

    private static final class FakeVault implements ChunkVault {
        private final List<StoredChunks> stored = new ArrayList<>();

        @Override
        public Mono<Void> store(LedgerEntry entry, StoredChunks chunks) {
            return Mono.fromRunnable(() -> stored.add(chunks));
        }

        @Override
        public Mono<Opened> find(StatementId statement) {
            return Mono.empty();
        }
    }
}

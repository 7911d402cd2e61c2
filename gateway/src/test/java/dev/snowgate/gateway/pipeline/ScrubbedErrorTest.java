package dev.snowgate.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.ObjectUse;
import dev.snowgate.sql.OutputColumn;
import dev.snowgate.sql.StatementAnalysis;
import dev.snowgate.sql.StatementKind;
import dev.snowgate.sql.TextSpan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScrubbedErrorTest {
    private static final String MESSAGE = "Numeric value 'ann@example.com' is not recognized";
    private static final List<MaskPlan> NO_MASKS = List.of(MaskPlan.none());
    private final PipelineFixture standard = PipelineFixture.standard();

    private static UpstreamReply.Failed failed(String code, String message) {
        return new UpstreamReply.Failed(Optional.empty(), code, "22018", message, 2, 7);
    }

    @Test
    void values_of_a_statement_with_protected_columns_are_hidden_and_code_and_place_stay() {
        LedgerEntry.StoredError told = ScrubbedError.of(standard.analysed(), NO_MASKS, failed("100038", MESSAGE));

        assertThat(told.message())
                .startsWith("Numeric value '…' is not recognized")
                .doesNotContain("ann");
        assertThat(told.wireCode()).isEqualTo("100038");
        assertThat(told.sqlState()).isEqualTo("22018");
        assertThat(told.line()).isEqualTo(2);
        assertThat(told.pos()).isEqualTo(7);
    }

    @Test
    void every_form_of_a_value_is_hidden() {
        for (String message : new String[] {
            "a 'secret' b",
            "a \"secret\" b",
            "a $$secret$$ b",
            "a 'se''cret' b",
            "a 'line\nsecret' b",
            "card 4711081512345678 b",
            "value 'O'secret' b",
            "a 'secret",
            "a \"secret",
            "it's 'secret'",
            "a $$secret"
        }) {
            assertThat(ScrubbedError.scrub(message)).as(message).doesNotContain("secret", "cret", "4711");
        }
    }

    @Test
    void what_may_be_a_value_is_hidden_without_quotes_too() {
        for (String message : new String[] {
            "Timestamp 2020-05-17 is not recognized",
            "Date '2020-05-17' is not recognized",
            "Numeric value secret is not recognized",
            "Numeric value a secret is not recognized is not recognized",
            "Boolean value secret is not recognized",
            "Failed to cast variant value secret to FIXED",
            "Failed to cast variant value {\"a\": secret} to FIXED",
            "JSON parse error near secret",
            "Error parsing JSON: secret",
            "Error parsing JSON: unknown keyword secret, pos 4",
            "Execution error: secret",
            "The batch of 2020-05-17 did not fit",
            "The batch of 1.5e3 did not fit",
            "The batch of secret@example.com did not fit",
            "The batch of Secret did not fit",
            "The batch of 5 did not fit",
            "The batch of secret did not fit",
            "secret: division by zero",
            "Row Values: [12, secret]",
            "User character length limit (3) exceeded by string secret"
        }) {
            assertThat(ScrubbedError.scrub(message))
                    .as(message)
                    .doesNotContainIgnoringCase("secret")
                    .doesNotContainPattern("[0-9]");
        }
    }

    @Test
    void the_words_that_say_what_is_wrong_stay() {
        assertThat(ScrubbedError.scrub("Timestamp 2020-05-17 is not recognized"))
                .startsWith("Timestamp '…' is not recognized (");
        assertThat(ScrubbedError.scrub("Failed to cast variant value 1x to FIXED"))
                .startsWith("Failed to cast variant value '…' to FIXED (");
        assertThat(ScrubbedError.scrub("Division by zero")).startsWith("Division by zero (");
        assertThat(ScrubbedError.scrub("NULL result in a non-nullable column"))
                .startsWith("NULL result in a non-nullable column (");
    }

    @Test
    void where_all_that_is_read_is_shown_unmasked_the_agent_reads_what_snowflake_said() {
        assertThat(message(orders(true), shownAsItIs(), "100038")).isEqualTo(MESSAGE);
    }

    @Test
    void a_column_that_is_masked_by_its_name_alone_is_hidden() {
        assertThat(message(orders(true), List.of(masked()), "100038")).doesNotContain("ann");
    }

    @Test
    void a_column_that_is_read_and_not_shown_may_be_masked_by_its_name() {
        assertThat(message(orders(false), shownAsItIs(), "100038")).doesNotContain("ann");
    }

    @Test
    void a_column_that_the_catalogue_does_not_explain_may_hold_anything() {
        ColumnName forgotten = new ColumnName(PipelineFixture.ORDERS, "ADDED_LATER");
        StatementAnalysis one =
                shape(StatementKind.SELECT, forgotten, Set.of(forgotten), Set.of(Effect.READ), Set.of());

        assertThat(message(standard.withStatements(one), shownAsItIs(), "100038"))
                .doesNotContain("ann");
    }

    @Test
    void a_view_without_a_text_may_hold_anything() {
        ColumnName id = new ColumnName(PipelineFixture.ORDERS, "ORDER_ID");
        StatementAnalysis one = shape(StatementKind.SELECT, id, Set.of(id), Set.of(Effect.READ), Set.of());
        CatalogSnapshot opaque = CatalogSnapshot.of(
                "acme",
                1,
                List.of(new CatalogObject(
                        PipelineFixture.ORDERS,
                        ObjectKind.EXTERNAL_TABLE,
                        List.of(new CatalogColumn("ORDER_ID", "FIXED", false, Optional.empty())),
                        Optional.empty(),
                        Set.of(),
                        Instant.EPOCH)));

        assertThat(message(standard.withStatements(one).withCatalog(opaque), shownAsItIs(), "100038"))
                .doesNotContain("ann");
    }

    @Test
    void scripts_and_loads_are_hidden_and_texts_that_they_compile_too() {
        ColumnName id = new ColumnName(PipelineFixture.ORDERS, "ORDER_ID");
        PipelineFixture script = standard.withStatements(
                shape(StatementKind.SCRIPT, id, Set.of(id), Set.of(Effect.READ, Effect.CODE), Set.of("script")));
        PipelineFixture load = standard.withStatements(
                shape(StatementKind.COPY_LOAD, id, Set.of(), Set.of(Effect.WRITE, Effect.LOAD), Set.of()));

        assertThat(message(script, shownAsItIs(), "100038")).doesNotContain("ann");
        assertThat(message(load, shownAsItIs(), "100038")).doesNotContain("ann");
        assertThat(message(script, shownAsItIs(), "001003")).doesNotContain("ann");
        assertThat(message(orders(true), List.of(masked()), "001003")).isEqualTo(MESSAGE);
    }

    @Test
    void without_a_plan_for_each_statement_nothing_is_proved() {
        assertThat(message(orders(true), List.of(), "100038")).doesNotContain("ann");
    }

    @Test
    void an_altered_table_with_protected_columns_may_quote_them() {
        StatementAnalysis alter = PipelineFixture.analysis(
                PipelineFixture.CONTEXT,
                true,
                Set.of(),
                Set.of(Effect.ALTER),
                new ObjectUse(PipelineFixture.CUSTOMERS, ObjectKind.TABLE, Effect.ALTER, true));

        assertThat(message(standard.withStatements(alter), NO_MASKS, "100038")).doesNotContain("ann");
    }

    @Test
    void an_object_that_is_not_known_may_hold_anything() {
        ObjectUse unknown = new ObjectUse(new ObjectName("X", "Y", "Z"), ObjectKind.TABLE, Effect.READ, false);
        PipelineFixture reading = standard.withStatements(
                PipelineFixture.analysis(PipelineFixture.CONTEXT, true, Set.of(), Set.of(Effect.READ), unknown));

        assertThat(ScrubbedError.of(reading.analysed(), NO_MASKS, failed("100038", MESSAGE))
                        .message())
                .doesNotContain("ann");
    }

    @Test
    void errors_of_the_compiler_keep_the_names_that_help() {
        String message = "SQL compilation error: Object 'CUSTOMERZ' does not exist or not authorized.";

        assertThat(ScrubbedError.of(standard.analysed(), NO_MASKS, failed("002003", message))
                        .message())
                .isEqualTo(message);
    }

    private static String message(PipelineFixture fixture, List<MaskPlan> plans, String code) {
        return ScrubbedError.of(fixture.analysed(), plans, failed(code, MESSAGE))
                .message();
    }

    private PipelineFixture orders(boolean shown) {
        ColumnName id = new ColumnName(PipelineFixture.ORDERS, "ORDER_ID");
        return standard.withStatements(
                shape(StatementKind.SELECT, id, shown ? Set.of(id) : Set.of(), Set.of(Effect.READ), Set.of()));
    }

    private static List<MaskPlan> shownAsItIs() {
        return List.of(new MaskPlan(List.of(new MaskPlan.PlannedColumn("ORDER_ID", Optional.empty(), "", "")), true));
    }

    private static MaskPlan masked() {
        return new MaskPlan(
                List.of(new MaskPlan.PlannedColumn("ORDER_ID", Optional.of(Mask.of(MaskFunction.SCAN)), "net", "")),
                true);
    }

    private static StatementAnalysis shape(
            StatementKind kind, ColumnName read, Set<ColumnName> shown, Set<Effect> effects, Set<String> flags) {
        return new StatementAnalysis(
                kind,
                effects,
                List.of(new ObjectUse(PipelineFixture.ORDERS, ObjectKind.TABLE, Effect.READ, true)),
                List.of(),
                List.of(new OutputColumn("ORDER_ID", shown, OutputColumn.Derivation.DIRECT)),
                Set.of(read),
                Set.of(),
                Set.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                false,
                PipelineFixture.CONTEXT,
                true,
                new TextSpan(0, 1),
                "title",
                flags);
    }
}

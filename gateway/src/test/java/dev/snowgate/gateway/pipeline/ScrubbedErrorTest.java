package dev.snowgate.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.ObjectUse;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScrubbedErrorTest {
    private static final String MESSAGE = "Numeric value 'ann@example.com' is not recognized";
    private final PipelineFixture standard = PipelineFixture.standard();

    private static UpstreamReply.Failed failed(String code, String message) {
        return new UpstreamReply.Failed(Optional.empty(), code, "22018", message, 2, 7);
    }

    @Test
    void values_of_a_statement_with_protected_columns_are_hidden_and_code_and_place_stay() {
        LedgerEntry.StoredError told = ScrubbedError.of(standard.analysed(), failed("100038", MESSAGE));

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
    void without_protected_columns_the_agent_reads_what_snowflake_said() {
        PipelineFixture harmless = standard.withStatements(PipelineFixture.reading(PipelineFixture.ORDERS));

        assertThat(ScrubbedError.of(harmless.analysed(), failed("100038", MESSAGE))
                        .message())
                .isEqualTo(MESSAGE);
    }

    @Test
    void an_object_that_is_not_known_may_hold_anything() {
        ObjectUse unknown = new ObjectUse(new ObjectName("X", "Y", "Z"), ObjectKind.TABLE, Effect.READ, false);
        PipelineFixture reading = standard.withStatements(
                PipelineFixture.analysis(PipelineFixture.CONTEXT, true, Set.of(), Set.of(Effect.READ), unknown));

        assertThat(ScrubbedError.of(reading.analysed(), failed("100038", MESSAGE))
                        .message())
                .doesNotContain("ann");
    }

    @Test
    void errors_of_the_compiler_keep_the_names_that_help() {
        String message = "SQL compilation error: Object 'CUSTOMERZ' does not exist or not authorized.";

        assertThat(ScrubbedError.of(standard.analysed(), failed("002003", message))
                        .message())
                .isEqualTo(message);
    }
}

package dev.snowgate.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.codec.Encoding;
import dev.snowgate.policy.Decision;
import dev.snowgate.policy.PolicyTrail;
import dev.snowgate.sql.ExecutedText;
import dev.snowgate.sql.SqlAnalysis;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordedDecisionTest {
    private static final PolicyTrail TRAIL = new PolicyTrail(3, Instant.EPOCH, "UTC", List.of());

    @Test
    void a_denial_keeps_its_rule_reason_and_advice_and_has_no_obligations() {
        // When
        RecordedDecision recorded =
                RecordedDecision.from(new Decision.Deny("no-drop", "Dropping is not allowed.", "Ask.", TRAIL));

        // Then
        assertThat(recorded.effect()).isEqualTo(RecordedDecision.Effect.DENY);
        assertThat(recorded.rule()).isEqualTo("no-drop");
        assertThat(recorded.advice()).isEqualTo("Ask.");
        assertThat(recorded.obligations()).isEmpty();
        assertThat(recorded.trail().policyVersion()).isEqualTo(3);
        assertThat(Encoding.DECISION.decode(Encoding.DECISION.encode(recorded))).isEqualTo(recorded);
    }

    @Test
    void the_record_of_an_analysis_holds_no_literal() {
        // Given
        ExecutedText text =
                new ExecutedText("drop 'secret'", "drop ‹1›", List.of("'secret'"), List.of(" secret"), List.of());
        SqlAnalysis analysis =
                new SqlAnalysis.NotUnderstood(Optional.of(text), "DROP of a text", "It is not read.", "", 1, 6);

        // When
        String recorded = Encoding.ANALYSIS.encodeText(RecordedAnalysis.from(analysis));

        // Then
        assertThat(recorded).contains("DROP of a text").doesNotContain("secret");
        assertThat(Encoding.ANALYSIS.encodeText(RecordedAnalysis.from(new SqlAnalysis.Understood(text, List.of()))))
                .doesNotContain("secret");
    }
}

package dev.snowgate.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.masking.MaskPlan;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.recording.ReviewedFacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EncodingTest {
    static Stream<Arguments> samples() {
        return Stream.of(
                Arguments.of("context-2", Encoding.SESSION_CONTEXT, Samples.context()),
                Arguments.of("context-2-overlay", Encoding.SESSION_CONTEXT, Samples.contextWithOverlay()),
                Arguments.of("analysis-3", Encoding.ANALYSIS, Samples.analysis()),
                Arguments.of("analysis-3-open", Encoding.ANALYSIS, Samples.openAnalysis()),
                Arguments.of("analysis-3-not-understood", Encoding.ANALYSIS, Samples.notUnderstood()),
                Arguments.of("decision-3", Encoding.DECISION, Samples.decision()),
                Arguments.of("mask-plan-2", Encoding.MASK_PLAN, Samples.plan()),
                Arguments.of("mask-plan-2-open", Encoding.MASK_PLAN, Samples.openPlan()),
                Arguments.of("catalog-object-3", Encoding.CATALOG_OBJECT, Samples.catalogObject()),
                Arguments.of("catalog-object-3-full", Encoding.CATALOG_OBJECT, Samples.catalogObjectInFull()),
                Arguments.of("catalog-object-3-routine", Encoding.CATALOG_OBJECT, Samples.catalogRoutine()),
                Arguments.of("event", Encoding.EVENT, Samples.event()),
                Arguments.of("statement-text", Encoding.STATEMENT_TEXT, Samples.text()),
                Arguments.of(
                        "output",
                        Encoding.OUTPUT,
                        new Encoding.Output(
                                Samples.analysis().statements().getFirst().output())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    <T> void every_type_comes_back_as_it_was(String name, Encoding<T> encoding, T value) {
        // When
        T back = encoding.decode(encoding.encode(value));

        // Then
        assertThat(back).isEqualTo(value);
        assertThat(encoding.encode(back)).isEqualTo(encoding.encode(value));
    }

    /** The bytes are in databases: a change of them is a new version, never an edit of these files. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    <T> void the_bytes_are_those_of_the_golden_vector(String name, Encoding<T> encoding, T value) {
        // Given
        String golden = resource("codec/" + name + ".json");

        // Then
        assertThat(encoding.encodeText(value)).isEqualTo(golden);
        assertThat(encoding.decodeText(golden)).isEqualTo(value);
    }

    static Stream<Arguments> earlier() {
        return Stream.of(
                Arguments.of("context", Encoding.SESSION_CONTEXT, Samples.context()),
                Arguments.of("analysis", Encoding.ANALYSIS, Samples.analysis()),
                Arguments.of("analysis-2", Encoding.ANALYSIS, Samples.analysis()),
                Arguments.of("analysis-not-understood", Encoding.ANALYSIS, Samples.notUnderstood()),
                Arguments.of("analysis-2-not-understood", Encoding.ANALYSIS, Samples.notUnderstood()),
                Arguments.of("mask-plan", Encoding.MASK_PLAN, Samples.plan()),
                Arguments.of("catalog-object", Encoding.CATALOG_OBJECT, Samples.catalogObject()),
                Arguments.of("catalog-object-2", Encoding.CATALOG_OBJECT, Samples.catalogObject()),
                Arguments.of("catalog-object-2-full", Encoding.CATALOG_OBJECT, Samples.catalogObjectInFull()),
                Arguments.of("decision", Encoding.DECISION, Samples.decision()),
                Arguments.of("decision-2", Encoding.DECISION, Samples.decision()));
    }

    /** What an earlier release wrote is still read, with the values that claim least for what it did not know. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("earlier")
    <T> void bytes_of_earlier_versions_are_still_read(String name, Encoding<T> encoding, T value) {
        assertThat(encoding.decodeText(resource("codec/" + name + ".json"))).isEqualTo(value);
    }

    /** What a reviewer was shown, and what chunks are masked with, is in databases too. */
    @Test
    void reviewed_facts_of_version_one_are_still_read() {
        // Given
        ReviewedFacts facts = new ReviewedFacts(
                "Read", "select", Samples.analysis(), Samples.decision(), List.of(Samples.plan(), MaskPlan.none()));
        String earlier = ReviewedFacts.ENCODING
                .encodeText(facts)
                .replace("\"v\":2", "\"v\":1")
                .replace("\"inside\":[],", "")
                .replace(",\"rest\":null", "")
                .replace("\"rest\":null,", "");

        // Then
        assertThat(earlier).doesNotContain("rest\":", "inside");
        assertThat(ReviewedFacts.ENCODING.decodeText(earlier)).isEqualTo(facts);
        assertThatThrownBy(() -> ReviewedFacts.ENCODING.decodeText(earlier.replace("\"v\":1", "\"v\":2")))
                .isInstanceOf(CodecException.class);
    }

    @Test
    void bytes_of_one_type_are_not_read_as_another() {
        // Given
        byte[] plan = Encoding.MASK_PLAN.encode(MaskPlan.none());

        // Then
        assertThatThrownBy(() -> Encoding.SESSION_CONTEXT.decode(plan)).isInstanceOf(CodecException.class);
    }

    @Test
    void malformed_bytes_are_refused_without_showing_them() {
        String plan = Encoding.MASK_PLAN.encodeText(MaskPlan.none());
        List<String> malformed = List.of(
                "",
                "secret",
                "{}",
                "[]",
                plan + " x",
                plan.replace("\"v\":2", "\"v\":3"),
                plan.replace("\"columnsKnown\":false", "\"columnsKnown\":0"),
                plan.replace("\"columnsKnown\":false", "\"columnsKnown\":\"false\""),
                plan.replace(",\"columnsKnown\":false", ""),
                plan.replace("\"columnsKnown\":false", "\"columnsKnown\":null"),
                plan.replace("\"columnsKnown\":false", "\"columnsKnown\":false,\"secret\":1"),
                plan.replace("\"columns\":[]", "\"columns\":null"),
                plan.replace("\"columnsKnown\":false", "\"columnsKnown\":true,\"columnsKnown\":false"));
        for (String text : malformed) {
            assertThatThrownBy(() -> Encoding.MASK_PLAN.decodeText(text))
                    .as(text)
                    .isInstanceOf(CodecException.class)
                    .hasMessageNotContaining("secret")
                    .hasNoCause();
        }
    }

    @Test
    void sets_are_written_in_one_order() {
        // Given
        SessionContext one = Samples.context();

        // Then
        assertThat(Encoding.SESSION_CONTEXT.encodeText(one))
                .contains("\"secondaryRoles\":[\"A\",\"B\",\"C\"]")
                .contains("\"variables\":[\"V1\",\"V2\"]")
                .contains("\"schema\":null");
    }

    @Test
    void the_instant_of_an_event_is_cut_to_what_the_database_keeps() {
        assertThat(Samples.event().at().getNano()).isEqualTo(1_000);
    }

    @Test
    void a_statement_text_shows_only_its_size() {
        assertThat(Samples.text().toString()).doesNotContain("select").contains("17 characters");
    }

    private static String resource(String path) {
        try (InputStream stream = EncodingTest.class.getClassLoader().getResourceAsStream(path)) {
            assertThat(stream).as(path).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

package dev.snowgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import dev.snowgate.catalog.CatalogYaml;
import dev.snowgate.catalog.ProtectionMarks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped packs: they compile, fit their schema, and their suites pass. */
class PolicyPacksTest {
    private static final Path FOLDER = Path.of("..", "policies");

    static Stream<PolicySource> suites() throws IOException {
        return PolicyFolder.read(FOLDER).suites().stream();
    }

    @ParameterizedTest
    @MethodSource("suites")
    void every_case_of_every_suite_holds(PolicySource suite) throws IOException {
        assertThat(PolicySuite.run(suite, PolicyFolder.read(FOLDER).all()).failed()).isEmpty();
    }

    @Test
    void every_pack_has_a_suite_and_the_guardrails_have_at_least_thirty_cases() throws IOException {
        // Given
        PolicyFolder files = PolicyFolder.read(FOLDER);
        List<String> suites = files.suites().stream().map(PolicySource::path).toList();

        // Then
        assertThat(files.policies()).isNotEmpty().allSatisfy(policy ->
                assertThat(suites).contains(policy.path().replace(".yaml", "_test.yaml")));
        PolicySource guardrails = files.suites().stream()
                .filter(s -> s.path().startsWith("production-guardrails/"))
                .findFirst()
                .orElseThrow();
        assertThat(PolicySuite.run(guardrails, files.all()).cases()).hasSizeGreaterThanOrEqualTo(30);
    }

    @Test
    void the_shipped_set_compiles_and_fits_the_schema() throws IOException {
        // Given
        PolicyFolder files = PolicyFolder.read(FOLDER);

        // Then
        assertThat(PolicySet.compile(1, files.policies()).version()).isEqualTo(1);
        assertThat(files.policies()).allSatisfy(policy ->
                assertThat(PolicyCompileTest.schema().validate(policy.text(), InputFormat.YAML)).isEmpty());
    }

    @Test
    void the_schema_for_editors_is_the_packaged_one() throws IOException {
        assertThat(Files.readString(FOLDER.resolve("schema/snowgate-policy.schema.json")))
                .isEqualTo(Files.readString(Path.of("src/main/resources/dev/snowgate/policy/snowgate-policy.schema.json")));
    }

    @Test
    void every_protection_mark_names_a_column_of_the_catalogue() throws IOException {
        // Given
        PolicyFolder files = PolicyFolder.read(FOLDER);
        PolicySource catalog = files.catalogs().getFirst();
        PolicySource marks = files.protection().getFirst();

        // Then
        assertThat(ProtectionMarks.read(marks.path(), marks.text())
                        .unmatched(CatalogYaml.read(catalog.path(), catalog.text())))
                .isEmpty();
    }
}

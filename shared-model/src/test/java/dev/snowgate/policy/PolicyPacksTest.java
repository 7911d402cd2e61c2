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
        assertThat(PolicySuite.run(suite, PolicyFolder.read(FOLDER).all()).failed())
                .isEmpty();
    }

    @Test
    void every_pack_has_a_suite_of_at_least_thirty_cases() throws IOException {
        // Given
        PolicyFolder files = PolicyFolder.read(FOLDER);
        List<String> suites = files.suites().stream().map(PolicySource::path).toList();

        // Then
        assertThat(files.policies())
                .isNotEmpty()
                .allSatisfy(policy -> assertThat(suites).contains(policy.path().replace(".yaml", "_test.yaml")));
        for (String pack : List.of(
                "production-guardrails",
                "pii-masking",
                "cost-guardrails",
                "read-only-agent",
                "soc2-baseline",
                "driver-essentials")) {
            PolicySource suite = files.suites().stream()
                    .filter(s -> s.path().startsWith(pack + "/"))
                    .findFirst()
                    .orElseThrow();
            assertThat(PolicySuite.run(suite, files.all()).cases()).as(pack).hasSizeGreaterThanOrEqualTo(30);
        }
    }

    @Test
    void only_the_production_guardrails_are_active_where_the_whole_folder_is_published() throws IOException {
        assertThat(PolicyFolder.read(FOLDER).policies())
                .filteredOn(policy -> policy.text().contains("\nkind: Policy\n"))
                .extracting(PolicySource::path)
                .containsExactly("production-guardrails/production-guardrails.yaml");
    }

    @Test
    void nothing_of_the_shipped_set_is_without_effect_on_the_catalogue_of_the_suites() throws IOException {
        // Given
        PolicyFolder files = PolicyFolder.read(FOLDER);
        List<dev.snowgate.catalog.CatalogObject> objects =
                CatalogYaml.read("catalog.yaml", files.catalogs().getFirst().text());
        for (PolicySource marks : files.protection()) {
            objects = ProtectionMarks.read(marks.path(), marks.text()).applyTo(objects);
        }
        dev.snowgate.catalog.CatalogSnapshot catalog = dev.snowgate.catalog.CatalogSnapshot.of("A", 1, objects);
        PolicySet policies = PolicySet.compile(1, files.policies());

        // Then
        assertThat(policies.warnings(catalog)).containsExactlyElementsOf(policies.warnings());
        assertThat(policies.warnings()).allMatch(warning -> warning.message().contains("is included by no policy"));
    }

    @Test
    void the_shipped_set_compiles_and_fits_the_schema() throws IOException {
        // Given
        PolicyFolder files = PolicyFolder.read(FOLDER);

        // Then
        assertThat(PolicySet.compile(1, files.policies()).version()).isEqualTo(1);
        assertThat(files.all())
                .allSatisfy(file -> assertThat(PolicyCompileTest.schema().validate(file.text(), InputFormat.YAML))
                        .as(file.path())
                        .isEmpty());
    }

    @Test
    void the_schema_for_editors_is_the_packaged_one() throws IOException {
        assertThat(Files.readString(FOLDER.resolve("schema/snowgate-policy.schema.json")))
                .isEqualTo(Files.readString(
                        Path.of("src/main/resources/dev/snowgate/policy/snowgate-policy.schema.json")));
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

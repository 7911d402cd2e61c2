package dev.snowgate.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.yaml.YamlException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProtectionMarksTest {
    private static final ObjectName TABLE = new ObjectName("PROD", "CRM", "PEOPLE");
    private static final String FILE = """
            apiVersion: snowgate.dev/v1
            kind: Protection
            protect:
              - {column: PROD.CRM.PEOPLE.SSN, category: ssn}
            tags:
              - {tag: SEMANTIC_CATEGORY, value: EMAIL, category: email}
              - {tag: PII, value: "ssn*", category: ssn}
            policies:
              - {policy: PROD.GOV.MASK_PHONE, category: phone}
            rules:
              - {column: "(?i)^e_?mail", category: email, objects: [PROD.*]}
              - {column: "(?i)phone", category: phone}
            """;

    @Test
    void a_tag_with_its_value_protects() {
        assertThat(protection(column("X", Set.of("SEMANTIC_CATEGORY", "SEMANTIC_CATEGORY=email"), null)))
                .contains(new Protection("email", "tag:SEMANTIC_CATEGORY=email"));
        assertThat(protection(column("X", Set.of("SEMANTIC_CATEGORY", "SEMANTIC_CATEGORY=NAME"), null)))
                .isEmpty();
        assertThat(protection(column("X", Set.of("PII=SSN_US"), null)))
                .hasValueSatisfying(found -> assertThat(found.category()).isEqualTo("ssn"));
    }

    @Test
    void a_column_inherits_the_tags_of_its_object_unless_it_carries_its_own() {
        // Given
        CatalogColumn inheriting = column("A", Set.of(), null);
        CatalogColumn ownValue = column("B", Set.of("SEMANTIC_CATEGORY=NONE"), null);

        // When
        CatalogObject marked = marks().applyTo(object(TABLE, Set.of("SEMANTIC_CATEGORY=EMAIL"), inheriting, ownValue));

        // Then
        assertThat(marked.column("A").orElseThrow().protection()).isPresent();
        assertThat(marked.column("B").orElseThrow().protection()).isEmpty();
    }

    @Test
    void a_masking_policy_protects_even_where_no_rule_names_it() {
        assertThat(protection(column("X", Set.of(), "PROD.GOV.MASK_PHONE")))
                .contains(new Protection("phone", "policy:PROD.GOV.MASK_PHONE"));
        assertThat(protection(column("X", Set.of(), "PROD.GOV.OTHER")))
                .contains(new Protection("masked-upstream", "policy:PROD.GOV.OTHER"));
        assertThat(ProtectionMarks.none()
                        .applyTo(object(TABLE, Set.of(), column("X", Set.of(), "P.Q.R")))
                        .column("X")
                        .orElseThrow()
                        .protection())
                .isPresent();
    }

    @Test
    void a_rule_looks_at_catalogued_names_within_its_objects() {
        ObjectName elsewhere = new ObjectName("DEV", "CRM", "PEOPLE");

        assertThat(protection(column("E_MAIL_2", Set.of(), null)))
                .hasValueSatisfying(found -> assertThat(found.source()).startsWith("rule:(?i)^e_?mail"));
        assertThat(protection(column("NO_EMAIL", Set.of(), null))).isEmpty();
        assertThat(marks().applyTo(object(elsewhere, Set.of(), column("EMAIL", Set.of(), null)))
                        .column("EMAIL")
                        .orElseThrow()
                        .protection())
                .isEmpty();
    }

    @Test
    void a_mark_wins_over_a_tag_over_a_policy_over_a_name_and_all_are_shown() {
        CatalogColumn marked = column("SSN", Set.of("SEMANTIC_CATEGORY=EMAIL"), "PROD.GOV.MASK_PHONE");
        CatalogColumn tagged = column("PHONE", Set.of("SEMANTIC_CATEGORY=EMAIL"), "PROD.GOV.MASK_PHONE");

        assertThat(protection(marked))
                .contains(
                        new Protection("ssn", "yaml:p.yaml, tag:SEMANTIC_CATEGORY=EMAIL, policy:PROD.GOV.MASK_PHONE"));
        assertThat(protection(tagged))
                .contains(new Protection(
                        "email",
                        "tag:SEMANTIC_CATEGORY=EMAIL, policy:PROD.GOV.MASK_PHONE, rule:(?i)phone (yaml:p.yaml)"));
    }

    @Test
    void what_came_with_copied_values_stays_over_tags_and_names() {
        CatalogColumn copied = column("EMAIL", Set.of(), null)
                .withProtection(Optional.of(new Protection("ssn", "derived:PROD.CRM.PEOPLE.SSN")));

        assertThat(protection(copied).orElseThrow().category()).isEqualTo("ssn");
        assertThat(protection(copied).orElseThrow().source())
                .contains("derived:")
                .contains("rule:");
    }

    @Test
    void a_mark_never_takes_protection_away() {
        CatalogColumn known =
                column("CITY", Set.of(), null).withProtection(Optional.of(new Protection("city", "yaml:c")));

        assertThat(protection(known)).contains(new Protection("city", "yaml:c"));
    }

    @Test
    void what_cannot_be_read_is_said_with_its_place() {
        String text = """
                apiVersion: snowgate.dev/v1
                kind: Protection
                rules:
                  - {column: "(?<!a)b", category: email}
                  - {column: "a", category: "No Category"}
                  - {column: "a", category: email, objects: ["A.B.C.D.E"]}
                tags:
                  - {tag: PII}
                """;

        assertThatThrownBy(() -> ProtectionMarks.read("p.yaml", text))
                .isInstanceOf(YamlException.class)
                .hasMessageContaining("p.yaml:4:14")
                .hasMessageContaining("p.yaml:5:29")
                .hasMessageContaining("p.yaml:6:45")
                .hasMessageContaining("'category' is missing");
    }

    @Test
    void a_stored_rule_that_cannot_be_read_fails() {
        assertThatThrownBy(() -> ProtectionMarks.of(
                        List.of(new ProtectionRule(ProtectionRule.Kind.NAME, "(", "*", List.of(), "email", "db"))))
                .isInstanceOf(IllegalStateException.class);
    }

    private static ProtectionMarks marks() {
        return ProtectionMarks.read("p.yaml", FILE);
    }

    private static Optional<Protection> protection(CatalogColumn column) {
        return marks().applyTo(object(TABLE, Set.of(), column))
                .columns()
                .getFirst()
                .protection();
    }

    private static CatalogObject object(ObjectName name, Set<String> tags, CatalogColumn... columns) {
        return new CatalogObject(name, ObjectKind.TABLE, List.of(columns), Optional.empty(), tags, Instant.EPOCH);
    }

    private static CatalogColumn column(String name, Set<String> tags, @Nullable String policy) {
        return new CatalogColumn(name, "TEXT", true, Optional.empty(), tags, Optional.ofNullable(policy));
    }
}

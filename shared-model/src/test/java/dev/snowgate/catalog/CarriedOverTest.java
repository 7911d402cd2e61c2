package dev.snowgate.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CarriedOverTest {
    private static final ObjectName COPY = new ObjectName("DEV", "PLAY", "COPY");
    private static final Protection SSN = new Protection("ssn", "derived:PROD.CRM.CUSTOMERS.SSN");

    private static CatalogObject table(CatalogColumn... columns) {
        return new CatalogObject(COPY, ObjectKind.TABLE, List.of(columns), Optional.empty(), Set.of(), Instant.EPOCH);
    }

    private static CatalogColumn column(String name, Optional<Protection> protection) {
        return new CatalogColumn(name, "VARCHAR", true, protection);
    }

    @Test
    void values_that_went_into_columns_nobody_knew_protect_all_that_are_found_later() {
        // Given
        Protection own = new Protection("email", "tag:PII");
        CatalogObject remembered = table(column(ColumnName.ANY, Optional.of(SSN)));

        // When
        CatalogObject found = CarriedOver.derived(
                table(column("A", Optional.empty()), column("B", Optional.of(own))), Optional.of(remembered));

        // Then
        assertThat(found.columns()).extracting(CatalogColumn::name).containsExactly("A", "B");
        assertThat(found.column("A").orElseThrow().protection()).contains(SSN);
        assertThat(found.column("B").orElseThrow().protection()).contains(own);
    }

    @Test
    void protection_of_a_column_that_is_not_listed_yet_is_not_forgotten() {
        assertThat(CarriedOver.protect(table(column("A", Optional.empty())), Map.of("N", SSN))
                        .column("N"))
                .get()
                .extracting(CatalogColumn::protection)
                .isEqualTo(Optional.of(SSN));
    }

    @Test
    void tags_and_a_policy_of_now_are_not_replaced_by_those_of_before() {
        // Given
        CatalogObject before = table(governed("A", "OLD"), governed("B", "OLD"));

        // When
        CatalogObject now =
                CarriedOver.all(table(column("A", Optional.empty()), governed("B", "NEW")), Optional.of(before));

        // Then
        assertThat(now.column("A").orElseThrow().tags()).containsExactly("OLD");
        assertThat(now.column("B").orElseThrow().tags()).containsExactly("NEW");
    }

    private static CatalogColumn governed(String name, String tag) {
        return column(name, Optional.empty()).withGovernance(Set.of(tag), Optional.empty());
    }

    @Test
    void only_a_persons_mark_is_explicit() {
        assertThat(new Protection("email", "yaml:catalog.yaml, rule:^mail (yaml:p)").isExplicit())
                .isTrue();
        assertThat(new Protection("email", "tag:PII=email, rule:^mail (yaml:p), policy:A.B.C, derived:A.B.C.D")
                        .isExplicit())
                .isFalse();
    }

    @Test
    void what_was_derived_for_a_column_is_remembered_while_another_object_has_the_name() {
        // Given
        CatalogObject first = table(column("N", Optional.of(SSN)));

        // When
        CatalogObject other = CarriedOver.all(table(column("X", Optional.empty())), Optional.of(first));
        CatalogObject read = CarriedOver.derived(table(column("X", Optional.empty())), Optional.of(other));
        CatalogObject back = CarriedOver.all(table(column("N", Optional.empty())), Optional.of(read));

        // Then
        assertThat(other.columns()).extracting(CatalogColumn::name).containsExactly("X");
        assertThat(other.column("X").orElseThrow().protection()).isEmpty();
        assertThat(back.column("N").orElseThrow().protection())
                .hasValueSatisfying(found -> assertThat(found.category()).isEqualTo("ssn"));
        assertThat(back.tags()).isEmpty();
    }

    @Test
    void what_is_remembered_is_no_tag_that_protects() {
        CatalogObject other = CarriedOver.all(
                table(column("X", Optional.empty())), Optional.of(table(column("N", Optional.of(SSN)))));
        ProtectionRule anyTag = new ProtectionRule(ProtectionRule.Kind.TAG, "*", "*", List.of(), "email", "test");
        assertThat(ProtectionMarks.of(List.of(anyTag))
                        .applyTo(other)
                        .column("X")
                        .orElseThrow()
                        .protection())
                .isEmpty();
    }

    @Test
    void a_stage_that_was_made_another_one_keeps_nothing_of_the_first() {
        ObjectName out = new ObjectName("DEV", "PLAY", "OUT");
        CatalogObject inside = StageEntry.of(
                out,
                Optional.of(StageEntry.Location.INTERNAL),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH);
        CatalogObject outside = StageEntry.of(
                out,
                Optional.of(StageEntry.Location.EXTERNAL),
                Optional.of("s3://b"),
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH);
        assertThat(CarriedOver.all(outside, Optional.of(inside))).isEqualTo(outside);
        assertThat(CarriedOver.all(inside, Optional.of(outside))).isEqualTo(inside);
    }
}

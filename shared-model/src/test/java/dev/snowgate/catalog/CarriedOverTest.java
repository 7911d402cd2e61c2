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
}

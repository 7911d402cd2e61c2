package dev.snowgate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Protection;
import dev.snowgate.sql.OutputColumn.Derivation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReviewedViewTest {
    /** The derivation of the unmarked column of a view whose text is not understood. */
    private static Derivation beside(String source) {
        CatalogObject view = new CatalogObject(
                new ObjectName("PROD", "CRM", "STRANGE"),
                ObjectKind.VIEW,
                List.of(
                        new CatalogColumn("MAIL", "VARCHAR", true, Optional.of(new Protection("email", source))),
                        new CatalogColumn("OTHER", "VARCHAR", true, Optional.empty())),
                Optional.of("select !! what is this"),
                Set.of(),
                Instant.EPOCH);
        SqlAnalysis analysis = new SqlAnalyser(AnalysisLimits.defaults())
                .analyse(
                        "SELECT other FROM prod.crm.strange",
                        SampleCatalog.SESSION,
                        CatalogSnapshot.of("ACME", 1, List.of(view)),
                        QueryLineage.NONE);
        return ((SqlAnalysis.Understood) analysis)
                .statements()
                .getFirst()
                .output()
                .getFirst()
                .derivation();
    }

    @Test
    void a_persons_mark_says_that_the_other_columns_were_looked_at() {
        assertThat(beside("yaml:catalog.yaml")).isEqualTo(Derivation.DIRECT);
    }

    @Test
    void a_mark_that_a_rule_made_says_nothing_of_them() {
        assertThat(beside("tag:PII=email")).isEqualTo(Derivation.UNKNOWN);
        assertThat(beside("rule:^mail (yaml:p)")).isEqualTo(Derivation.UNKNOWN);
    }
}

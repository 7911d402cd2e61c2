package dev.snowgate.console.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Protection;
import dev.snowgate.console.testing.Sample;
import dev.snowgate.console.testing.Samples;
import dev.snowgate.console.text.MarkedText.Mark;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.StatementKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlMarkupTest {
    private static final CatalogSnapshot CATALOG = CatalogSnapshot.of(
            "acme-eu1",
            1,
            List.of(new CatalogObject(
                    new ObjectName("PROD", "CRM", "CUSTOMERS"),
                    ObjectKind.TABLE,
                    List.of(
                            new CatalogColumn("CUSTOMER_ID", "NUMBER", false, Optional.empty()),
                            new CatalogColumn("REGION", "VARCHAR", true, Optional.empty()),
                            new CatalogColumn(
                                    "EMAIL", "VARCHAR", true, Optional.of(new Protection("email", "yaml:test")))),
                    Optional.empty(),
                    Set.of(),
                    Instant.EPOCH)));

    private static String shown(Sample sample) {
        return text(SqlMarkup.asSent(sample.text(), sample.analysis(), CATALOG, Mark.WHY));
    }

    private static String text(MarkedText text) {
        return text.lines().stream()
                .map(line -> line.stream().map(MarkedText.Piece::text).collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }

    private static Sample filter(String where) {
        return Sample.of(
                        "Read PROD.CRM.CUSTOMERS",
                        StatementKind.SELECT,
                        "SELECT region FROM PROD.CRM.CUSTOMERS WHERE " + where)
                .touches(Effect.READ, "PROD.CRM.CUSTOMERS")
                .filtersOn("PROD.CRM.CUSTOMERS.EMAIL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email = 'SECRET'",
                "'SECRET' = email",
                "email IN ('a', 'SECRET')",
                "lower(email) LIKE 'SECRET'",
                "e = 'SECRET'",
                "email LIKE 'x' AND 'SECRET' = e",
                "email BETWEEN 'a' AND 'SECRET'",
                "concat('SECRET', email) = region"
            })
    void a_value_compared_with_a_protected_column_is_never_shown(String where) {
        assertThat(shown(filter(where))).doesNotContain("SECRET");
    }

    @Test
    void a_value_compared_with_a_plain_column_is_shown() {
        assertThat(shown(filter("email = 'SECRET' AND region = 'EMEA'")))
                .contains("'EMEA'")
                .contains("‹email›")
                .doesNotContain("SECRET");
    }

    @Test
    void values_written_to_a_table_with_protected_columns_are_not_shown() {
        Sample insert = Sample.of(
                        "Insert into PROD.CRM.CUSTOMERS",
                        StatementKind.INSERT,
                        "INSERT INTO PROD.CRM.CUSTOMERS (customer_id, email) VALUES (1, 'SECRET')")
                .touches(Effect.WRITE, "PROD.CRM.CUSTOMERS");
        assertThat(shown(insert)).doesNotContain("SECRET");
    }

    @Test
    void values_written_to_a_table_nobody_knows_are_not_shown() {
        Sample insert = Sample.of(
                        "Insert into PROD.CRM.NEW",
                        StatementKind.INSERT,
                        "INSERT INTO PROD.CRM.NEW (a) VALUES ('SECRET')")
                .touches(Effect.WRITE, "PROD.CRM.NEW");
        assertThat(shown(insert)).doesNotContain("SECRET");
    }

    @Test
    void the_reason_is_marked_from_its_verb_and_protected_columns_by_name() {
        // When
        MarkedText text =
                SqlMarkup.asRun(Samples.churn().text(), Samples.churn().analysis(), CATALOG, Mark.WHY);

        // Then
        String why = text.lines().getFirst().stream()
                .filter(p -> p.mark() == Mark.WHY)
                .map(MarkedText.Piece::text)
                .collect(Collectors.joining());
        assertThat(why).isEqualTo("CREATE OR REPLACE TABLE PROD.ANALYTICS.CHURN_OUTREACH");
        assertThat(text.lines().get(2))
                .anyMatch(p -> p.mark() == Mark.PROTECTED && p.text().equals("c.email"));
        assertThat(text.notes())
                .extracting(MarkedText.Note::text)
                .contains("Drops the current table", "Filters on a protected column");
    }

    @Test
    void invisible_and_reordering_characters_are_shown_as_marks() {
        assertThat(VisibleText.line("a\u202Eb\u200Bc\u00A0d", 100)).isEqualTo("a⟨U+202E⟩b⟨U+200B⟩c⟨U+00A0⟩d");
        assertThat(VisibleText.of("a\nb\u0000")).isEqualTo("a\nb⟨U+0000⟩");
    }

    @Test
    void a_statement_of_a_megabyte_full_of_protected_columns_is_marked_whole() {
        // Given
        StringBuilder sql = new StringBuilder("SELECT ");
        while (sql.length() < 1_000_000) {
            sql.append("c.email,\n c.region, ");
        }
        sql.append("1 FROM PROD.CRM.CUSTOMERS c WHERE c.email LIKE 'a'");
        Sample sample = Sample.of("Read PROD.CRM.CUSTOMERS", StatementKind.SELECT, sql.toString())
                .touches(Effect.READ, "PROD.CRM.CUSTOMERS")
                .filtersOn("PROD.CRM.CUSTOMERS.EMAIL");

        // When
        MarkedText marked = SqlMarkup.asRun(sample.text(), sample.analysis(), CatalogSnapshot.empty("x"), Mark.WHY);

        // Then: per token a look over the rest of the text would take hours
        assertThat(marked.lines()).hasSizeGreaterThan(40_000);
        assertThat(marked.lines().get(20_000))
                .anySatisfy(piece -> assertThat(piece.mark()).isEqualTo(Mark.PROTECTED));
        assertThat(marked.hidden()).isPositive();
    }
}

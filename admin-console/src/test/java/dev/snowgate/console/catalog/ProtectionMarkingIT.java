package dev.snowgate.console.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Protection;
import dev.snowgate.codec.Encoding;
import dev.snowgate.console.ConsoleApplication;
import dev.snowgate.console.testing.ConsoleTest;
import dev.snowgate.console.testing.SampleData;
import dev.snowgate.console.testing.WithPerson;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Marks by hand: who may, what is asked back, what is recorded, and that everything else goes on protecting. */
@SpringBootTest(classes = ConsoleApplication.class)
@WithPerson(value = "adam@acme.example", role = "ADMIN")
class ProtectionMarkingIT {
    private static final ConsoleTest CONSOLE = new ConsoleTest();
    private static final String ACCOUNT = "acme-eu1";
    private static final ObjectName CUSTOMERS = new ObjectName("PROD", "CRM", "CUSTOMERS");
    private static final ColumnName EMAIL = new ColumnName(CUSTOMERS, "EMAIL");
    private static final ColumnName REGION = new ColumnName(CUSTOMERS, "REGION");

    @Autowired
    private ProtectionMarking marking;

    @Autowired
    private CatalogService catalog;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        CONSOLE.register(registry);
    }

    @BeforeAll
    static void fill() {
        CONSOLE.data().catalog();
        SampleData.run(
                CONSOLE.database().owner(),
                false,
                "insert into protection_mark (kind, pattern, category, source) values ('NAME', '(?i)^subject$', 'free-text', 'yaml:p')");
        CatalogObject view = new CatalogObject(
                new ObjectName("PROD", "CRM", "DARK"),
                ObjectKind.VIEW,
                List.of(
                        new CatalogColumn("A", "VARCHAR", true, Optional.empty()),
                        new CatalogColumn("B", "VARCHAR", true, Optional.empty())),
                Optional.empty(),
                Set.of(),
                Instant.now());
        SampleData.run(
                CONSOLE.database().console(),
                false,
                "insert into catalog_object (account, database, schema, name, kind, body, seen_at, version)"
                        + " values (?, 'PROD', 'CRM', 'DARK', 'VIEW', ?, now(), 1)",
                ACCOUNT,
                Encoding.CATALOG_OBJECT.encode(view));
    }

    private Optional<String> category(ColumnName column) {
        return catalog.column(ACCOUNT, column).flatMap(ColumnEntry::category);
    }

    private long latest(ColumnName column) {
        return catalog.marks(ACCOUNT, column).getFirst().id();
    }

    private static List<String> events() {
        try (Connection connection = CONSOLE.database().admin().connect();
                ResultSet row = connection
                        .createStatement()
                        .executeQuery(
                                "select body from session_event where kind = 'PROTECTION_CHANGED' order by seq")) {
            List<String> events = new ArrayList<>();
            while (row.next()) {
                events.add(String.valueOf(Encoding.EVENT.decode(row.getBytes(1)).facts()));
            }
            return events;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void a_column_is_marked_and_unmarked_and_both_are_recorded_with_their_reasons() {
        // When
        MarkOutcome marked = marking.mark(ACCOUNT, REGION, "region", "Small regions name people.", false);
        Optional<String> between = category(REGION);
        long mark = latest(REGION);
        MarkOutcome asked = marking.unmark(ACCOUNT, REGION, mark, "A mistake.", false);
        Optional<String> still = category(REGION);
        MarkOutcome unmarked = marking.unmark(ACCOUNT, REGION, mark, "A mistake.", true);

        // Then
        assertThat(marked).isInstanceOf(MarkOutcome.Done.class);
        assertThat(between).contains("region");
        assertThat(asked)
                .isInstanceOfSatisfying(
                        MarkOutcome.Lowers.class,
                        lowers -> assertThat(lowers.consequences())
                                .singleElement()
                                .asString()
                                .contains("Nothing else protects REGION"));
        assertThat(still).contains("region");
        assertThat(unmarked).isInstanceOf(MarkOutcome.Done.class);
        assertThat(category(REGION)).isEmpty();
        assertThat(events())
                .anySatisfy(event -> assertThat(event)
                        .contains("change=MARKED", "after=region", "Small regions name people.", "lowers=false"))
                .anySatisfy(event ->
                        assertThat(event).contains("change=UNMARKED", "before=region", "A mistake.", "lowers=true"));
    }

    @Test
    void another_category_is_asked_back_and_the_weaker_sources_stay() {
        // When
        MarkOutcome asked = marking.mark(ACCOUNT, EMAIL, "contact", "One word for all.", false);
        MarkOutcome marked = marking.mark(ACCOUNT, EMAIL, "contact", "One word for all.", true);
        List<Protection> sources = catalog.column(ACCOUNT, EMAIL).orElseThrow().sources();
        marking.unmark(ACCOUNT, EMAIL, latest(EMAIL), "Back again.", true);

        // Then
        assertThat(asked)
                .isInstanceOfSatisfying(
                        MarkOutcome.Lowers.class,
                        lowers -> assertThat(lowers.consequences())
                                .singleElement()
                                .asString()
                                .contains("from email to contact"));
        assertThat(marked).isInstanceOf(MarkOutcome.Done.class);
        assertThat(sources)
                .extracting(Protection::source)
                .containsExactly("manual:adam@acme.example", "yaml:protection.yaml");
        assertThat(category(EMAIL)).contains("email");
    }

    @Test
    void the_first_mark_of_a_view_whose_query_is_not_known_is_asked_back() {
        ColumnName first = new ColumnName(new ObjectName("PROD", "CRM", "DARK"), "A");
        assertThat(marking.mark(ACCOUNT, first, "email", "Seen.", false)).isInstanceOf(MarkOutcome.Lowers.class);
        assertThat(category(first)).isEmpty();
    }

    @Test
    void what_is_no_mark_of_the_column_alone_cannot_be_taken_away_here() {
        // Given
        ColumnName subject = new ColumnName(new ObjectName("PROD", "SUPPORT", "TICKETS"), "SUBJECT");
        long rule = catalog.rules(ACCOUNT).stream()
                .filter(entry -> entry.matches().contains(subject))
                .findFirst()
                .orElseThrow()
                .mark()
                .id();

        // Then
        assertThat(marking.unmark(ACCOUNT, subject, rule, "Why not.", true)).isInstanceOf(MarkOutcome.Refused.class);
        assertThat(category(subject)).contains("free-text");
    }

    @Test
    void a_mark_needs_a_reason_a_category_and_a_column() {
        ColumnName nothing = new ColumnName(CUSTOMERS, "NOTHING");
        assertThat(marking.mark(ACCOUNT, REGION, "region", " ", true)).isInstanceOf(MarkOutcome.Refused.class);
        assertThat(marking.mark(ACCOUNT, REGION, "Not a category", "r", true)).isInstanceOf(MarkOutcome.Refused.class);
        assertThat(marking.mark(ACCOUNT, nothing, "region", "r", true)).isInstanceOf(MarkOutcome.Refused.class);
    }

    @Test
    @WithPerson(role = "APPROVER")
    void who_is_no_admin_reads_and_changes_nothing() {
        assertThat(catalog.find(ACCOUNT, CatalogSearch.ALL)).isNotEmpty();
        assertThatThrownBy(() -> marking.mark(ACCOUNT, REGION, "region", "r", true))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> marking.unmark(ACCOUNT, EMAIL, latest(EMAIL), "r", true))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> catalog.startSync()).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    @WithPerson(role = "")
    void who_has_no_role_reads_nothing() {
        assertThatThrownBy(() -> catalog.find(ACCOUNT, CatalogSearch.ALL)).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void words_are_found_in_objects_columns_and_categories() {
        assertThat(catalog.find(ACCOUNT, new CatalogSearch("support.tick", CatalogSearch.Show.ALL)))
                .extracting(ObjectName::name)
                .containsExactly("TICKETS");
        assertThat(catalog.find(ACCOUNT, new CatalogSearch("ordered_at", CatalogSearch.Show.ALL)))
                .extracting(ObjectName::name)
                .containsExactly("ORDERS");
        assertThat(catalog.find(ACCOUNT, new CatalogSearch("free-text", CatalogSearch.Show.PROTECTED)))
                .extracting(ObjectName::name)
                .containsExactly("TICKETS");
    }
}

package dev.snowgate.console.catalog.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.console.ConsoleApplication;
import dev.snowgate.console.testing.ConsoleTest;
import dev.snowgate.console.testing.SampleData;
import dev.snowgate.console.testing.SampleWorld;
import dev.snowgate.console.testing.WithPerson;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(classes = ConsoleApplication.class)
@ViewPackages(packages = "dev.snowgate.console")
@WithPerson(value = "adam@acme.example", role = "ADMIN")
class CatalogViewIT extends SpringBrowserlessTest {
    private static final ConsoleTest CONSOLE = new ConsoleTest();

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        CONSOLE.register(registry);
    }

    @BeforeAll
    static void fill() {
        new SampleWorld(CONSOLE.data()).build();
        SampleData.run(CONSOLE.database().console(), false, """
                insert into catalog_sync (account, database, seen_at, objects) values ('acme-eu1', 'PROD', now(), 3)""");
        SampleData.run(CONSOLE.database().console(), false, """
                insert into catalog_sync_run (account, started_at, started_by, databases, done, ended_at, problem)
                values ('acme-eu1', now(), 'schedule', 2, 1, now(), 'Snowflake did not give the catalog of DEV (error 2003).')""");
        SampleData.run(CONSOLE.database().owner(), false, """
                insert into protection_mark (kind, pattern, category, source) values ('NAME', '(?i)^subject', 'free-text', 'yaml:protection.yaml'),
                ('NAME', '(?i)^nowhere', 'ssn', 'yaml:protection.yaml')""");
    }

    private CatalogView open(String query) {
        UI.getCurrent().navigate(CatalogView.class, QueryParameters.fromString(query));
        return find(CatalogView.class).single();
    }

    private void click(String id) {
        test(find(NativeButton.class).withId(id).single()).click();
    }

    private String page() {
        return find(CatalogView.class).single().getElement().getTextRecursively();
    }

    @Test
    void shows_objects_their_protection_and_how_far_the_account_was_read() {
        // When
        CatalogView view = open("");

        // Then
        CatalogTree tree = find(CatalogTree.class).single();
        assertThat(test(tree).size()).isEqualTo(4);
        assertThat(view.getElement().getTextRecursively())
                .contains("1 database, 3 objects")
                .contains("The last reading had a problem")
                .contains("1 of 2 databases were read; the others stay as they were");
    }

    @Test
    void a_search_finds_a_column_by_its_name() {
        // Given
        open("");

        // When
        test(find(TextField.class).all().getFirst()).setValue("ordered_at");

        // Then
        assertThat(test(find(CatalogTree.class).single()).size()).isEqualTo(1);
    }

    @Test
    void a_column_shows_every_source_and_is_marked_and_unmarked_with_reasons() {
        // Given
        open("column=PROD.CRM.CUSTOMERS.REGION");
        assertThat(page()).contains("REGION", "Nothing protects it by itself");

        // When
        test(find(ComboBox.class).withId("mark-category").single()).selectItem("email");
        test(find(TextField.class).withId("mark-reason").single()).setValue("Holds addresses at times.");
        click("mark");

        // Then
        assertThat(page())
                .contains("By hand", "by adam@acme.example", "“Holds addresses at times.”", "Marked as email");

        // When
        NativeButton unmark = find(NativeButton.class).all().stream()
                .filter(button ->
                        button.getId().filter(id -> id.startsWith("unmark-")).isPresent())
                .findFirst()
                .orElseThrow();
        test(find(TextField.class).all().stream()
                        .filter(field -> "Why take it away".equals(field.getLabel()))
                        .findFirst()
                        .orElseThrow())
                .setValue("It does not.");
        test(unmark).click();

        // Then
        assertThat(page()).contains("This lowers protection. Nothing was changed yet.", "Nothing else protects REGION");
        click("confirm");
        assertThat(page()).contains("Nothing protects it by itself");
    }

    @Test
    void a_mark_without_a_reason_is_not_made() {
        // Given
        open("column=PROD.CRM.ORDERS.AMOUNT");

        // When
        test(find(ComboBox.class).withId("mark-category").single()).selectItem("email");
        click("mark");

        // Then
        assertThat(page()).contains("Nothing was changed.", "A reason is needed");
    }

    @Test
    void rules_show_what_they_match_and_what_matches_nothing() {
        // Given
        open("show=RULES");

        // Then
        RulesList rules = find(RulesList.class).single();
        assertThat(test(rules).size()).isEqualTo(5);
        assertThat(rules.getListDataView().getItems())
                .anySatisfy(entry -> {
                    assertThat(entry.mark().rule().pattern()).isEqualTo("(?i)^subject");
                    assertThat(entry.matches())
                            .containsExactly(new ColumnName(new ObjectName("PROD", "SUPPORT", "TICKETS"), "SUBJECT"));
                })
                .anySatisfy(entry -> assertThat(entry.matches()).isEmpty());
    }

    @Test
    @WithPerson(role = "AUDITOR")
    void who_is_no_admin_sees_everything_and_no_button() {
        // When
        open("column=PROD.CRM.CUSTOMERS.EMAIL");

        // Then
        assertThat(page()).contains("email", "protection.yaml", "Marking needs the role admin.");
        assertThat(find(NativeButton.class).withId("mark").exists()).isFalse();
        assertThat(find(NativeButton.class).withId("sync-now").exists()).isFalse();
    }

    @Test
    void a_column_is_written_into_an_address_and_read_out_of_it() {
        ColumnName odd = new ColumnName(new ObjectName("PROD", "a.b", "c\\d"), "E F");
        assertThat(ColumnAddress.read(ColumnAddress.write(odd))).contains(odd);
        assertThat(ColumnAddress.read("a.b.c")).isEmpty();
    }
}

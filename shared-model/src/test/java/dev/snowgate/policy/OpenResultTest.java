package dev.snowgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.MaskPlan;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Results whose number of columns depends on data: what is known of the columns to come is masked, what is not is refused. */
class OpenResultTest {
    private static final String READ = "  - {name: read, effect: allow, objects: [PROD]}\n";
    private static final String MASKED =
            READ + "masks:\n" + "  - {name: pii, columns: {categories: [email, ssn]}, mask: redact}\n";

    private static MaskPlan plan(String rules, String sql) {
        return Scene.of(rules).obligations(sql).masks().getFirst();
    }

    private static List<Optional<MaskFunction>> functions(MaskPlan plan) {
        return plan.all()
                .map(column -> column.mask().map(mask -> mask.function()))
                .toList();
    }

    @Test
    void a_pivot_of_protected_values_masks_every_column_from_the_first_value_on() {
        // When
        MaskPlan plan = plan(
                MASKED,
                "SELECT * FROM (SELECT id, country, email FROM customers) PIVOT(MAX(email) FOR country IN (ANY))");

        // Then
        assertThat(plan.columns()).extracting(MaskPlan.PlannedColumn::name).containsExactly("ID");
        assertThat(functions(plan)).containsExactly(Optional.empty(), Optional.of(MaskFunction.REDACT));
        assertThat(plan.rest().orElseThrow().category()).isEqualTo("email");
        assertThat(plan.column(7)).isEqualTo(plan.rest());
    }

    @Test
    void a_pivot_of_open_values_masks_nothing() {
        // When
        MaskPlan plan =
                plan(MASKED, "SELECT * FROM (SELECT id, country FROM customers) PIVOT(COUNT(id) FOR country IN (ANY))");

        // Then
        assertThat(functions(plan)).containsOnly(Optional.empty());
        assertThat(plan.rest()).isPresent();
    }

    @Test
    void what_follows_the_first_unknown_place_has_the_mask_of_all_that_may_lie_there() {
        // When
        String pivot = "(SELECT country, id FROM customers) PIVOT(MAX(id) FOR country IN (ANY))";
        MaskPlan behind = plan(MASKED, "SELECT p.*, c.ssn FROM " + pivot + " p CROSS JOIN customers c");
        MaskPlan before = plan(MASKED, "SELECT c.ssn, p.* FROM " + pivot + " p CROSS JOIN customers c");

        // Then
        assertThat(behind.columns()).isEmpty();
        assertThat(functions(behind)).containsExactly(Optional.of(MaskFunction.REDACT));
        assertThat(functions(before)).containsExactly(Optional.of(MaskFunction.REDACT), Optional.empty());
    }

    @Test
    void protected_values_never_become_names() {
        assertThat(Scene.of(MASKED).ask("SELECT * FROM customers PIVOT(MAX(id) FOR email IN (ANY))"))
                .isEqualTo("deny not-understood");
        assertThat(Scene.of(MASKED)
                        .ask("SELECT * FROM customers PIVOT(MAX(id) FOR country IN (SELECT ssn FROM customers))"))
                .isEqualTo("deny not-understood");
        assertThat(Scene.of(MASKED)
                        .ask("SELECT * FROM (SELECT country, ssn FROM customers) PIVOT(MAX(ssn) FOR country"
                                + " IN (SELECT kind FROM events))"))
                .isEqualTo("allow read");
    }

    @Test
    void names_made_of_values_that_nobody_knows_are_shown_to_nobody() {
        Scene scene = Scene.of(
                "  - {name: read, effect: allow, objects: [PROD], unknowns: {objects: approve, lineage: approve},"
                        + " predicate-use: allow, cardinality-use: allow}\n");

        assertThat(scene.ask("SELECT * FROM nowhere PIVOT(SUM(v) FOR k IN (ANY))"))
                .isEqualTo("deny lineage-unknown");
        assertThat(scene.ask("SELECT * FROM events PIVOT(SUM(id) FOR kind IN (SELECT k FROM nowhere))"))
                .isEqualTo("deny lineage-unknown");
        assertThat(scene.ask("SELECT * FROM nowhere PIVOT(SUM(v) FOR k IN ('a', 'b'))"))
                .startsWith("approve");
        assertThat(Scene.of(READ).ask("SELECT * FROM nowhere PIVOT(SUM(v) FOR k IN (ANY))"))
                .isEqualTo("deny unknown-object");
    }

    @Test
    void a_star_over_the_past_is_refused_and_named_columns_are_masked_as_today() {
        Scene scene = Scene.of(MASKED);

        assertThat(scene.ask("SELECT * FROM events AT(OFFSET => -60)")).isEqualTo("deny lineage-unknown");
        assertThat(scene.ask("SELECT e.* FROM events BEFORE(STATEMENT => '01a') e"))
                .isEqualTo("deny lineage-unknown");
        assertThat(scene.ask("SELECT * FROM events CHANGES(INFORMATION => DEFAULT) AT(OFFSET => -60)"))
                .isEqualTo("deny lineage-unknown");
        assertThat(scene.ask("SELECT $1 FROM events AT(OFFSET => -60)")).isEqualTo("deny lineage-unknown");
        assertThat(scene.ask("SELECT OBJECT_CONSTRUCT(*) FROM events AT(OFFSET => -60)"))
                .isEqualTo("deny lineage-unknown");
        assertThat(scene.ask("SELECT gone FROM events AT(OFFSET => -60)")).isEqualTo("deny lineage-unknown");
        assertThat(scene.ask("SELECT x FROM events AT(OFFSET => -60) AS e (x, y)"))
                .isEqualTo("deny lineage-unknown");
        assertThat(scene.ask("SELECT id, kind FROM events AT(OFFSET => -60)")).isEqualTo("allow read");
        assertThat(scene.ask("SELECT kind FROM (SELECT * FROM events AT(OFFSET => -60))"))
                .isEqualTo("allow read");
        assertThat(scene.ask("SELECT e.id, u.* FROM events AT(OFFSET => -60) e JOIN unsized u ON u.id = e.id"))
                .as("a star over another source")
                .isEqualTo("allow read");
        assertThat(functions(plan(MASKED, "SELECT id, email FROM customers AT(OFFSET => -60)")))
                .containsExactly(Optional.empty(), Optional.of(MaskFunction.REDACT));
    }

    @Test
    void what_the_past_held_is_not_written_elsewhere() {
        Scene scene = Scene.of("  - {name: all, effect: allow, objects: [PROD]}\n");

        assertThat(scene.ask("INSERT INTO lab.scratch SELECT * FROM events AT(OFFSET => -60)"))
                .startsWith("deny");
        assertThat(scene.ask("CREATE TABLE lab.copy AS SELECT * FROM events AT(OFFSET => -60)"))
                .startsWith("deny");
        assertThat(scene.ask("INSERT INTO lab.scratch SELECT id, kind FROM events AT(OFFSET => -60)"))
                .isEqualTo("allow all");
    }

    @Test
    void an_unknown_number_of_unknown_columns_runs_after_an_approval_with_all_of_them_masked() {
        // Given
        Scene scene = Scene.of("  - {name: read, effect: allow, objects: [PROD], unknowns: {lineage: approve}}\n");

        // When
        String sql = "SELECT * FROM events AT(OFFSET => -60)";
        MaskPlan plan = scene.obligations(sql).masks().getFirst();

        // Then
        assertThat(scene.ask(sql)).startsWith("approve");
        assertThat(plan.columns()).isEmpty();
        assertThat(functions(plan)).containsExactly(Optional.of(MaskFunction.NULL));
        assertThat(plan.fits(9)).isTrue();
    }

    @Test
    void a_condition_on_the_number_of_columns_is_not_dodged_by_a_result_of_any_number() {
        Scene scene = Scene.of(READ + "  - {name: wide, effect: deny, reason: x, condition: output_columns > 3}\n");

        assertThat(scene.ask("SELECT * FROM (SELECT kind, id FROM events) PIVOT(MAX(id) FOR kind IN (ANY))"))
                .isEqualTo("deny evaluation-error");
        assertThat(scene.ask("SELECT * FROM (SELECT kind, id FROM events) PIVOT(MAX(id) FOR kind IN ('a', 'b'))"))
                .isEqualTo("allow read");
        assertThat(scene.ask("SELECT *, 1, 2 FROM events")).isEqualTo("deny wide");
    }

    @Test
    void a_closed_plan_fits_its_width_only_and_an_open_one_that_or_more() {
        MaskPlan.PlannedColumn column = new MaskPlan.PlannedColumn("", Optional.empty(), "", "");
        MaskPlan open = new MaskPlan(List.of(column, column), true, Optional.of(column));

        assertThat(List.of(open.fits(1), open.fits(2), open.fits(9))).containsExactly(false, true, true);
        assertThat(new MaskPlan(List.of(column, column), true).fits(3)).isFalse();
        assertThat(new MaskPlan(List.of(column, column), true).fits(2)).isTrue();
    }
}

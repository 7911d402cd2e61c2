package dev.snowgate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The text that is sent, its shape, and the literals that may be replaced in it. */
class ExecutedTextTest {
    private static ExecutedText executed(String text) {
        return ((SqlAnalysis.Understood) SampleCatalog.analyse(text)).executed();
    }

    @Test
    void comments_become_blanks_and_lines_stay() {
        // When
        ExecutedText executed = executed("SELECT /* a\nb */ id\t-- hint\nFROM orders");

        // Then
        assertThat(executed.text()).isEqualTo("SELECT     \n     id        \nFROM orders");
        assertThat(executed.comments()).containsExactly("a\nb", "hint");
    }

    @Test
    void the_shape_holds_no_literal() {
        // When
        ExecutedText executed = executed("SELECT 'secret', 42, $$x$$, id FROM orders WHERE id = -7");

        // Then
        assertThat(executed.shape()).isEqualTo("SELECT ‹1›, ‹2›, ‹3›, id FROM orders WHERE id = -‹4›");
        assertThat(executed.literals()).containsExactly("'secret'", "42", "$$x$$", "7");
        assertThat(executed.toString()).doesNotContain("secret");
    }

    @Test
    void the_fingerprint_tells_statements_apart_and_not_their_literals() {
        // Given
        String one = executed("SELECT id FROM orders WHERE status IN ('a', 'b') AND amount > 1")
                .fingerprint();

        // When
        String same = executed("select id -- x\n from Orders where status in ('c','d', 'e') and amount > 27")
                .fingerprint();
        String other = executed("SELECT amount FROM orders WHERE status IN ('a', 'b') AND amount > 1")
                .fingerprint();
        String quoted = executed("SELECT \"ID\" FROM orders WHERE status IN ('a', 'b') AND amount > 1")
                .fingerprint();

        // Then
        assertThat(one).hasSize(64).isEqualTo(same).isNotEqualTo(other).isNotEqualTo(quoted);
    }

    @Test
    void a_query_id_is_found_where_it_stands_and_can_be_replaced() {
        // Given
        String text = "SELECT * FROM TABLE(RESULT_SCAN('owned-1'))";
        SqlAnalysis.Understood understood = (SqlAnalysis.Understood) SampleCatalog.analyse(text);

        // When
        QueryIdUse use = understood.statements().getFirst().queryIds().getFirst();
        String replaced = ExecutedTexts.replace(understood.executed(), Map.of(use.span(), "'up-9'"));

        // Then
        assertThat(use.literal()).isEqualTo("owned-1");
        assertThat(replaced).isEqualTo("SELECT * FROM TABLE(RESULT_SCAN('up-9'))");
    }

    @Test
    void calls_of_last_query_id_are_found_with_their_place() {
        // Given
        String text = "SELECT * FROM TABLE(RESULT_SCAN(LAST_QUERY_ID( -2 )))";

        // When
        QueryIdUse use = QueryIds.lastQueryIdCalls(text).getFirst();

        // Then
        assertThat(use.literal()).isEqualTo("LAST_QUERY_ID(-2)");
        assertThat(text.substring(use.span().start(), use.span().end())).isEqualTo("LAST_QUERY_ID( -2 )");
    }

    @Test
    void a_problem_names_its_place_and_no_literal() {
        // When
        SqlAnalysis.NotUnderstood not =
                (SqlAnalysis.NotUnderstood) SampleCatalog.analyse("SELECT id\nFROM orders 'secret'");

        // Then
        assertThat(not.line()).isEqualTo(2);
        assertThat(not.column()).isEqualTo(13);
        assertThat(not.reason() + not.construct() + not.advice()).doesNotContain("secret");
        assertThat(not.advice()).isNotBlank();
    }
}

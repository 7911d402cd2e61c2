package dev.snowgate.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.model.statement.QueryId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers that stand for earlier statements become their ids before a text is read. */
class RelativeQueryIdsTest {
    private static final List<QueryId> NEWEST_FIRST = List.of(new QueryId("c"), new QueryId("b"), new QueryId("a"));

    @Test
    void a_number_in_result_scan_is_the_id_that_it_counts_to() {
        assertThat(QueryReferences.fold("SELECT * FROM TABLE(RESULT_SCAN(-1))", NEWEST_FIRST))
                .isEqualTo("SELECT * FROM TABLE(RESULT_SCAN('c'))");
        assertThat(QueryReferences.fold("SELECT * FROM TABLE(result_scan( 1 )) r", NEWEST_FIRST))
                .isEqualTo("SELECT * FROM TABLE(result_scan( 'a')) r");
    }

    @Test
    void the_call_of_last_query_id_is_replaced_inside_and_outside_of_result_scan() {
        assertThat(QueryReferences.fold(
                        "SELECT LAST_QUERY_ID(-2), * FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()))", NEWEST_FIRST))
                .isEqualTo("SELECT 'b', * FROM TABLE(RESULT_SCAN('c'))");
    }

    @Test
    void ids_and_names_stay_as_they_are() {
        String text = "SELECT result_scan, 'RESULT_SCAN(-1)' FROM TABLE(RESULT_SCAN('x')), t -- RESULT_SCAN(-1)";
        assertThat(QueryReferences.fold(text, NEWEST_FIRST)).isEqualTo(text);
    }

    @Test
    void a_number_that_counts_to_nothing_is_refused() {
        assertThatThrownBy(() -> QueryReferences.fold("SELECT * FROM TABLE(RESULT_SCAN(-4))", NEWEST_FIRST))
                .isInstanceOf(GatewayException.class);
    }
}

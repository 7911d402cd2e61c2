package dev.snowgate.console.approval.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.console.approval.ApprovalEntry;
import dev.snowgate.console.approval.RequestState;
import dev.snowgate.model.approval.ApprovalId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShownRequestsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private final ShownRequests shown = new ShownRequests();

    private static ApprovalEntry entry(long id, RequestState state) {
        return new ApprovalEntry(
                new ApprovalId(id),
                state,
                "Update T",
                "agent",
                Optional.empty(),
                List.of(),
                NOW,
                NOW.plusSeconds(id),
                Optional.empty());
    }

    private static List<ApprovalEntry> waiting(long... ids) {
        return java.util.Arrays.stream(ids)
                .mapToObj(id -> entry(id, RequestState.PENDING))
                .toList();
    }

    private List<Long> ids() {
        return shown.rows().stream().map(entry -> entry.id().value()).toList();
    }

    @Test
    void arrivals_are_counted_and_no_row_moves() {
        // Given
        shown.letIn(waiting(2, 4), 100);

        // When
        List<ApprovalEntry> changed = shown.update(waiting(1, 2, 3, 4), gone -> List.of());

        // Then
        assertThat(changed).isEmpty();
        assertThat(ids()).containsExactly(2L, 4L);
        assertThat(shown.arrivals()).isEqualTo(2);
        shown.letIn(waiting(1, 2, 3, 4), 100);
        assertThat(ids()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(shown.arrivals()).isZero();
    }

    @Test
    void a_row_that_ended_keeps_its_place_with_its_end() {
        // Given
        shown.letIn(waiting(1, 2, 3), 100);

        // When
        List<ApprovalEntry> changed = shown.update(waiting(1, 3), gone -> {
            assertThat(gone).containsExactly(new ApprovalId(2));
            return List.of(entry(2, RequestState.EXPIRED));
        });

        // Then
        assertThat(changed).extracting(ApprovalEntry::state).containsExactly(RequestState.EXPIRED);
        assertThat(ids()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void what_moves_up_in_a_list_that_was_cut_did_not_arrive() {
        // Given
        shown.letIn(waiting(5, 6), 2);

        // When
        shown.update(
                Stream.concat(waiting(5).stream(), waiting(3, 9).stream()).toList(),
                gone -> List.of(entry(6, RequestState.DENIED)));

        // Then
        assertThat(shown.arrivals()).isEqualTo(1);
    }
}

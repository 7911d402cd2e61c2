package dev.snowgate.gateway.recording;

import dev.snowgate.masking.MaskPlan;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.policy.Obligations;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the page of a statement that ran here just now is kept, so that its decision is not read back to answer it. What was decided
 * of a sent statement never changes, so nothing in here can be out of date; what is not in here is read.
 */
final class RecordLevels {
    private static final int MOST = 1_000;
    private final Map<StatementId, Boolean> keeps = Collections.synchronizedMap(new Recent());

    void note(StatementId id, Obligations obligations) {
        MaskPlan plan = obligations.masks().size() == 1 ? obligations.masks().getFirst() : MaskPlan.none();
        keeps.put(id, keepsPage(Optional.of(obligations), Optional.of(plan)));
    }

    /** What was noted, once: a page is recorded once, and whoever reads it again looks at the decision. */
    Optional<Boolean> take(StatementId id) {
        return Optional.ofNullable(keeps.remove(id));
    }

    /**
     * A page with protected values that the policy released unmasked is kept only where the policy says so; else its counts and
     * its digest are.
     */
    static boolean keepsPage(Optional<Obligations> obligations, Optional<MaskPlan> plan) {
        Obligations.RecordLevel level = obligations.map(Obligations::record).orElse(Obligations.RecordLevel.COUNTS);
        return switch (level) {
            case AS_SEEN -> true;
            case MASKED ->
                plan.stream()
                        .flatMap(MaskPlan::all)
                        .noneMatch(column ->
                                !column.category().isEmpty() && column.mask().isEmpty());
            case COUNTS -> false;
        };
    }

    private static final class Recent extends LinkedHashMap<StatementId, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StatementId, Boolean> eldest) {
            return size() > MOST;
        }
    }
}

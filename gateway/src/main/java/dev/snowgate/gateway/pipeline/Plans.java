package dev.snowgate.gateway.pipeline;

import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.MaskOrder;
import dev.snowgate.masking.MaskPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Joins mask plans: a mask can be added, never removed. Pure. */
final class Plans {
    private Plans() {}

    /** The stored plan with the masks that only the newer one has. Plans of different shape keep the stored one. */
    static MaskPlan atLeast(MaskPlan stored, MaskPlan newer) {
        if (!stored.columnsKnown()
                || newer.columns().size() != stored.columns().size()
                || newer.rest().isPresent() != stored.rest().isPresent()) {
            return stored;
        }
        List<MaskPlan.PlannedColumn> columns = new ArrayList<>();
        for (int i = 0; i < stored.columns().size(); i++) {
            columns.add(atLeast(stored.columns().get(i), newer.columns().get(i)));
        }
        return new MaskPlan(
                columns, true, stored.rest().flatMap(before -> newer.rest().map(now -> atLeast(before, now))));
    }

    private static MaskPlan.PlannedColumn atLeast(MaskPlan.PlannedColumn before, MaskPlan.PlannedColumn now) {
        return isFirm(before) ? before : stricter(before, now);
    }

    private static boolean isFirm(MaskPlan.PlannedColumn column) {
        return column.mask()
                .filter(mask -> mask.function() != MaskFunction.SCAN)
                .isPresent();
    }

    /** A mask takes the place of a net that only catches what it finds; two nets become one. */
    private static MaskPlan.PlannedColumn stricter(MaskPlan.PlannedColumn before, MaskPlan.PlannedColumn now) {
        if (before.mask().isEmpty() || now.mask().isEmpty()) {
            return before.mask().isEmpty() ? now : before;
        }
        Mask both = MaskOrder.both(before.mask().get(), now.mask().get());
        return new MaskPlan.PlannedColumn(now.name(), Optional.of(both), now.rule(), now.category());
    }
}

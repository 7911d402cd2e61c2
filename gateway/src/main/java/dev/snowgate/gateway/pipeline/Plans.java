package dev.snowgate.gateway.pipeline;

import dev.snowgate.masking.MaskPlan;
import java.util.ArrayList;
import java.util.List;

/** Joins mask plans: a mask can be added, never removed. Pure. */
final class Plans {
    private Plans() {}

    /** The stored plan with the masks that only the newer one has. Plans of different shape keep the stored one. */
    static MaskPlan atLeast(MaskPlan stored, MaskPlan newer) {
        if (!stored.columnsKnown() || newer.columns().size() != stored.columns().size()) {
            return stored;
        }
        List<MaskPlan.PlannedColumn> columns = new ArrayList<>();
        for (int i = 0; i < stored.columns().size(); i++) {
            MaskPlan.PlannedColumn before = stored.columns().get(i);
            columns.add(before.mask().isPresent() ? before : newer.columns().get(i));
        }
        return new MaskPlan(columns, true);
    }
}

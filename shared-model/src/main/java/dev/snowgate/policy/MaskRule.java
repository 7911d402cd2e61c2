package dev.snowgate.policy;

import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import java.util.Optional;

/** One compiled entry of {@code masks}. */
record MaskRule(
        String name,
        String file,
        int line,
        ColumnScope columns,
        PrincipalScope principals,
        Optional<PrincipalScope> unless,
        Mask mask) {
    /** Whether it is a second net under columns that nothing else masks. */
    boolean isNet() {
        return mask.function() == MaskFunction.SCAN;
    }

    boolean appliesTo(DecisionRequest request) {
        return principals.matches(request, false)
                && unless.filter(u -> u.matches(request, true)).isEmpty();
    }
}

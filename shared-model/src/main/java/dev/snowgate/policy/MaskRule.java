package dev.snowgate.policy;

import dev.snowgate.masking.Mask;
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
    boolean appliesTo(DecisionRequest request) {
        return principals.matches(request, false)
                && unless.filter(u -> u.matches(request, true)).isEmpty();
    }
}

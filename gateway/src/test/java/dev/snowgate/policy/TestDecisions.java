package dev.snowgate.policy;

import dev.snowgate.policy.Obligations.RecordLevel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decisions for tests of what follows them; only this package can make one. */
public final class TestDecisions {
    private TestDecisions() {}

    /** An allow decision without masks. */
    public static Decision.Allow allow() {
        return new Decision.Allow(
                new Obligations(List.of(), Optional.empty(), Optional.empty(), RecordLevel.AS_SEEN),
                new PolicyTrail(1, Instant.EPOCH, "UTC", List.of()));
    }
}

package dev.snowgate.policy;

import dev.snowgate.masking.MaskPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decisions for tests of the ledger; only this package can make one. */
public final class LedgerDecisions {
    private LedgerDecisions() {}

    public static Decision.Allow allow(MaskPlan... plans) {
        return new Decision.Allow(obligations(Obligations.RecordLevel.AS_SEEN, plans), trail("allow"));
    }

    public static Decision.Allow allow(Obligations obligations) {
        return new Decision.Allow(obligations, trail("allow"));
    }

    public static Decision.Allow allow(Obligations.RecordLevel record, MaskPlan... plans) {
        return new Decision.Allow(obligations(record, plans), trail("allow"));
    }

    public static Decision.RequireApproval approval(Duration expiresAfter, MaskPlan... plans) {
        return new Decision.RequireApproval(
                obligations(Obligations.RecordLevel.AS_SEEN, plans),
                trail("require-approval"),
                "production-writes",
                "writes to production",
                "",
                expiresAfter);
    }

    public static Decision.Deny deny() {
        return new Decision.Deny("no-drop", "dropping is not allowed", "ask for it", trail("deny"));
    }

    private static Obligations obligations(Obligations.RecordLevel record, MaskPlan... plans) {
        return new Obligations(List.of(plans), Optional.empty(), Optional.empty(), record);
    }

    private static PolicyTrail trail(String effect) {
        return new PolicyTrail(
                1,
                Instant.EPOCH,
                "UTC",
                List.of(new PolicyTrail.Step("rule", "policies/p.yaml", 3, effect, "a fact", 0)));
    }
}

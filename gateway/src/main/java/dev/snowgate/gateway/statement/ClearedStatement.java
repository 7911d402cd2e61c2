package dev.snowgate.gateway.statement;

import dev.snowgate.gateway.approval.UsedGrant;
import dev.snowgate.policy.Decision;
import dev.snowgate.policy.Obligations;
import java.security.MessageDigest;

/**
 * The proof that one statement may run: made only from an allow decision or from a used-up approval grant, for exactly one
 * call. {@link Upstream#execute} compares the digest again right before it sends.
 */
public final class ClearedStatement {
    private final UpstreamCall call;
    private final Obligations obligations;
    private final byte[] digest;

    private ClearedStatement(UpstreamCall call, Obligations obligations) {
        this.call = call;
        this.obligations = obligations;
        this.digest = digestOf(call, obligations);
    }

    /** Cleared by the policy alone. */
    public static ClearedStatement allowed(UpstreamCall call, Decision.Allow allow) {
        return new ClearedStatement(call, allow.obligations());
    }

    /** Cleared by an approval that was used up for it; the grant must be of this statement. */
    public static ClearedStatement granted(UpstreamCall call, UsedGrant grant, Decision.RequireApproval decision) {
        if (!grant.statement().equals(call.id())) {
            throw new IllegalArgumentException("the grant belongs to another statement");
        }
        return new ClearedStatement(call, decision.obligations());
    }

    public UpstreamCall call() {
        return call;
    }

    public Obligations obligations() {
        return obligations;
    }

    /** Throws unless this proof is of exactly that call. */
    public void verify(UpstreamCall sent) {
        if (!MessageDigest.isEqual(digest, digestOf(sent, obligations))) {
            throw new IllegalStateException("the proof is of another call");
        }
    }

    private static byte[] digestOf(UpstreamCall call, Obligations obligations) {
        return Proof.digest(
                call.id(),
                call.executedText(),
                call.bindings().digest(),
                call.context().epoch(),
                call.context(),
                call.parameters(),
                call.statementCount(),
                call.upstreamRequestId(),
                obligations.masks());
    }

    @Override
    public String toString() {
        return "ClearedStatement[" + call.id() + "]";
    }
}

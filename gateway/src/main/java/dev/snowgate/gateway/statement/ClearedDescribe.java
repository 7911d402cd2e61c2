package dev.snowgate.gateway.statement;

import dev.snowgate.policy.Decision;
import dev.snowgate.policy.Obligations;

/** The proof that one statement may be compiled, never run: allowed, or allowed after an approval. */
public final class ClearedDescribe {
    private final UpstreamCall call;
    private final Obligations obligations;

    private ClearedDescribe(UpstreamCall call, Obligations obligations) {
        this.call = call;
        this.obligations = obligations;
    }

    public static ClearedDescribe of(UpstreamCall call, Decision.Allow allow) {
        return new ClearedDescribe(call, allow.obligations());
    }

    public static ClearedDescribe of(UpstreamCall call, Decision.RequireApproval decision) {
        return new ClearedDescribe(call, decision.obligations());
    }

    public UpstreamCall call() {
        return call;
    }

    public Obligations obligations() {
        return obligations;
    }

    @Override
    public String toString() {
        return "ClearedDescribe[" + call.id() + "]";
    }
}

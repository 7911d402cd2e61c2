package dev.snowgate.gateway.statement;

import dev.snowgate.gateway.approval.UsedGrant;
import reactor.core.publisher.Mono;

/** Turns an approval into the right to run, once. */
public interface Grants {
    /**
     * Uses up the approval of a released statement if it was approved, has not expired and covers exactly this digest; empty
     * if not. Asking again for a statement that has not been sent gives the same grant again: being sent is what is single.
     */
    Mono<UsedGrant> findUsable(LedgerEntry entry, byte[] statementDigest);
}

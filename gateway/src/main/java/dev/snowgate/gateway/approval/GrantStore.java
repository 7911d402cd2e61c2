package dev.snowgate.gateway.approval;

import dev.snowgate.gateway.recording.UseStore;
import dev.snowgate.gateway.statement.Grants;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.model.statement.StatementId;
import reactor.core.publisher.Mono;

/** Grants from the database's own answer: it alone says that an approval was used up, and for which statement. */
public final class GrantStore implements Grants {
    private final UseStore uses;

    public GrantStore(UseStore uses) {
        this.uses = uses;
    }

    @Override
    public Mono<UsedGrant> findUsable(LedgerEntry entry, byte[] statementDigest) {
        StatementId id = entry.id();
        return uses.findUsable(id, statementDigest).map(approval -> new UsedGrant(approval, id));
    }
}

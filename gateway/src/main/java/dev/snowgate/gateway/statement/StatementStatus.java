package dev.snowgate.gateway.statement;

import java.time.Instant;
import java.util.Optional;

/**
 * How a statement stands, for its owner.
 *
 * @param entry its entry; an error in it is worded for the agent
 * @param text the agent's own text; of a statement within a request of several, the request's
 * @param endedAt when it ended, if it has
 */
public record StatementStatus(LedgerEntry entry, String text, Optional<Instant> endedAt) {
    @Override
    public String toString() {
        return "StatementStatus[" + entry + "]";
    }
}

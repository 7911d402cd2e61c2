package dev.snowgate.console.catalog;

import dev.snowgate.catalog.ProtectionRule;
import java.time.Instant;
import java.util.Optional;

/**
 * A mark or rule as it is stored.
 *
 * @param account the account in which it holds, empty for every one
 * @param createdBy who made it: a person, or the command that read a file
 * @param reason why, empty text for what came from a file
 */
public record StoredMark(
        long id, Optional<String> account, ProtectionRule rule, String createdBy, Instant createdAt, String reason) {
    /** How the source of a mark begins that a person made in the console. */
    static final String BY_HAND = "manual:";

    /** Whether a person made it in the console. */
    public boolean byHand() {
        return rule.source().startsWith(BY_HAND);
    }
}

package dev.snowgate.console.recording;

import dev.snowgate.model.statement.StatementId;
import dev.snowgate.model.statement.StatementState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One statement of a replay, without its text.
 *
 * @param at when it arrived
 * @param decidedAt when its verdict was known: by the policy, or by a person
 * @param waited whether it was held, and for how long
 */
public record ReplayStep(
        StatementId id,
        String title,
        StatementState state,
        Verdict verdict,
        Instant at,
        Instant decidedAt,
        Optional<Duration> waited,
        long rows,
        long maskedCells) {

    /** What happened to it, in the four words of the console and the one for no verdict. */
    public enum Verdict {
        ALLOWED,
        MASKED,
        HELD,
        DENIED,
        ENDED
    }

    /** What of it the list shows at the end of its line. */
    public String size() {
        return switch (verdict) {
            case DENIED -> "refused";
            case HELD -> "held";
            case ENDED -> state.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
            case ALLOWED, MASKED -> rows == 1 ? "1 row" : rows + " rows";
        };
    }
}

package dev.snowgate.console.recording;

import dev.snowgate.console.text.MarkedText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a replay with everything that is kept of it.
 *
 * @param asSent the text as sent, empty if its key was destroyed
 * @param result the first page as the agent received it, empty if none was kept
 * @param trail how it was decided and what followed
 */
public record Moment(
        ReplayStep step,
        Optional<MarkedText> asSent,
        Optional<MarkedText> asRun,
        Optional<Received> result,
        List<TrailStep> trail,
        Optional<Long> policyVersion) {

    /**
     * Rows as the agent received them.
     *
     * @param columns names with the name of their mask, empty text if not masked
     * @param rows cells as text, null for SQL NULL
     * @param total rows of the whole result
     */
    public record Received(List<Column> columns, List<List<@Nullable String>> rows, long total) {
        @Override
        public String toString() {
            return "Received[" + total + " rows]";
        }
    }

    /** A result column. */
    public record Column(String name, String mask) {}

    /** One step of the trail. */
    public record TrailStep(Kind kind, String title, Instant at, String note, Optional<String> story) {}

    /** What a step of the trail is. */
    public enum Kind {
        FACT,
        ALLOWED,
        HELD,
        MASKED,
        DENIED,
        ENDED
    }
}

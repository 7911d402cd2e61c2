package dev.snowgate.policy;

import dev.snowgate.masking.MaskPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What must hold when an allowed statement runs.
 *
 * @param masks one plan per statement of the request, in order
 * @param rowLimit most rows per result, if limited
 * @param statementTimeout longest run, if limited
 * @param record what of the result is kept
 */
public record Obligations(
        List<MaskPlan> masks, Optional<Long> rowLimit, Optional<Duration> statementTimeout, RecordLevel record) {
    public Obligations {
        masks = List.copyOf(masks);
    }

    /** How much of a result the recording keeps. */
    public enum RecordLevel {
        AS_SEEN,
        MASKED,
        COUNTS
    }
}

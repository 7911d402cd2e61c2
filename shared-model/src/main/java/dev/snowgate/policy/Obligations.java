package dev.snowgate.policy;

import dev.snowgate.masking.MaskPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What must hold when an allowed statement runs.
 *
 * @param masks one plan per statement of the request, in order
 * @param rowLimit most rows per result, if limited
 * @param statementTimeout longest run, if limited
 * @param record what of the result is kept
 * @param resultSizeLimit most bytes of a result's rows, if limited
 * @param warehouses where warehouses are restricted, those that it was decided for: it may run on no other
 * @param roles where roles are restricted, those that it was decided for: it may run as no other
 * @param readsProtected categories of protected columns that it reads in any way: the session is marked with them
 */
public record Obligations(
        List<MaskPlan> masks,
        Optional<Long> rowLimit,
        Optional<Duration> statementTimeout,
        RecordLevel record,
        Optional<Long> resultSizeLimit,
        Set<String> warehouses,
        Set<String> roles,
        Set<String> readsProtected) {
    public Obligations {
        masks = List.copyOf(masks);
        warehouses = Set.copyOf(warehouses);
        roles = Set.copyOf(roles);
        readsProtected = Set.copyOf(readsProtected);
    }

    /** Obligations of the first four kinds. */
    public Obligations(
            List<MaskPlan> masks, Optional<Long> rowLimit, Optional<Duration> statementTimeout, RecordLevel record) {
        this(masks, rowLimit, statementTimeout, record, Optional.empty(), Set.of(), Set.of(), Set.of());
    }

    /** How much of a result the recording keeps. */
    public enum RecordLevel {
        AS_SEEN,
        MASKED,
        COUNTS
    }
}

package dev.snowgate.console.approval;

import java.time.Instant;

/** A decision about an earlier statement of the same shape. */
public record PastReview(boolean approved, Instant at, String by, String comment) {}

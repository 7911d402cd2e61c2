package dev.snowgate.console.policy;

import java.time.Instant;
import java.util.Optional;

/** One version of the policy; {@code running} for the one in force. */
public record PolicyVersion(
        long version,
        String comment,
        String createdBy,
        Instant createdAt,
        Optional<Instant> publishedAt,
        boolean running) {}

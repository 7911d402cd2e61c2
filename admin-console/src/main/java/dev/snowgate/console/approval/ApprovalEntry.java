package dev.snowgate.console.approval;

import dev.snowgate.model.approval.ApprovalId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One row of the inbox. */
public record ApprovalEntry(
        ApprovalId id,
        RequestState state,
        String title,
        String agent,
        Optional<String> person,
        List<String> tags,
        Instant createdAt,
        Instant expiresAt,
        Optional<Decided> decided) {

    /** Who decided, when, and what they said. */
    public record Decided(String by, Instant at, String comment) {}
}

package dev.snowgate.console.recording;

import dev.snowgate.model.agent.SessionId;
import java.time.Instant;
import java.util.Optional;

/** One session in the list. Counts are of its statements. */
public record SessionSummary(
        SessionId id,
        String agent,
        Optional<String> person,
        String client,
        String account,
        Instant openedAt,
        Instant lastSeenAt,
        Optional<Instant> closedAt,
        int statements,
        int allowed,
        int held,
        int denied,
        long maskedCells) {}

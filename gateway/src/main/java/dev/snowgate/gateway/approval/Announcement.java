package dev.snowgate.gateway.approval;

import dev.snowgate.model.statement.StatementId;
import java.util.Optional;
import java.util.UUID;

/** What a program says on the database's channel: a kind and an id, never a content. */
public sealed interface Announcement {
    /** A request was reviewed. */
    record Review(StatementId statement) implements Announcement {}

    /** A policy version was published. */
    record Policy(long version) implements Announcement {}

    /** An account's catalog has a new version. */
    record Catalog(String account, long version) implements Announcement {}

    /** An agent was suspended or resumed. */
    record Standing(String agent) implements Announcement {}

    /** The announcement in a notification's text; empty if we do not know it. */
    static Optional<Announcement> parse(String payload) {
        try {
            String[] parts = payload.split(":", -1);
            return switch (parts[0]) {
                case "review" -> Optional.of(new Review(new StatementId(UUID.fromString(parts[2]))));
                case "policy" -> Optional.of(new Policy(Long.parseLong(parts[1])));
                case "catalog" -> Optional.of(new Catalog(parts[1], Long.parseLong(parts[2])));
                case "standing" -> Optional.of(new Standing(payload.substring("standing:".length())));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            return Optional.empty();
        }
    }
}

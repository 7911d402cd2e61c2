package dev.snowgate.model.agent;

import java.util.UUID;

/** The identity of an agent's session; tokens are versions of it. */
public record SessionId(UUID value) {
    /** A new, random id. */
    public static SessionId random() {
        return new SessionId(UUID.randomUUID());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

package dev.snowgate.console.policy;

import java.util.Optional;
import java.util.Set;

/** A statement to be tried, as if an agent had sent it. */
public record Attempt(
        String statement,
        String account,
        String agent,
        Optional<String> person,
        Set<String> groups,
        String role,
        Optional<String> database,
        Optional<String> schema) {
    public Attempt {
        groups = Set.copyOf(groups);
    }

    @Override
    public String toString() {
        return "Attempt[" + statement.length() + " characters]";
    }
}

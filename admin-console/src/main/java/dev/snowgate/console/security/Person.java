package dev.snowgate.console.security;

import dev.snowgate.model.agent.PersonId;
import java.util.Set;

/**
 * A person who is logged in, or in whose name a command runs.
 *
 * @param id equal to the person behind an agent, if they are the same human being
 * @param name for display only
 * @param groups groups of the identity provider, exact text
 * @param roles roles of the console, from {@link Roles}
 */
public record Person(PersonId id, String name, Set<String> groups, Set<String> roles) {
    public Person {
        groups = Set.copyOf(groups);
        roles = Set.copyOf(roles);
    }

    public boolean has(String role) {
        return roles.contains(role);
    }

    /** Two letters for the round mark beside the name. */
    public String initials() {
        String[] words = name.isBlank() ? new String[] {"?"} : name.strip().split("[\\s.@_-]+");
        String first = words[0].substring(0, 1);
        return (words.length > 1 && !words[1].isEmpty() ? first + words[1].charAt(0) : first)
                .toUpperCase(java.util.Locale.ROOT);
    }
}

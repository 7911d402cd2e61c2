package dev.snowgate.console.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** An authentication whose principal is a {@link Person}: commands, and bearer tokens of the reviewers' API. */
public final class PersonAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;
    private final transient Person person;

    public PersonAuthentication(Person person) {
        super(People.authorities(person));
        this.person = person;
        setAuthenticated(true);
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public Object getPrincipal() {
        return person;
    }

    @Override
    public String getName() {
        return person.id().claim();
    }
}

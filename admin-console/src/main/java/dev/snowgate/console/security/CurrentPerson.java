package dev.snowgate.console.security;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;

/** The person on whose behalf the current thread works. */
@Component
public class CurrentPerson {
    private final People people;

    CurrentPerson(People people) {
        this.people = people;
    }

    /**
     * The person.
     *
     * @throws AccessDeniedException if nobody is logged in, or the claims name nobody
     */
    public Person require() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        Object principal = authentication == null ? null : authentication.getPrincipal();
        if (principal instanceof Person person) {
            return person;
        }
        if (principal instanceof OidcUser user) {
            try {
                return people.fromClaims(user.getClaims());
            } catch (IllegalArgumentException nobody) {
                throw new AccessDeniedException("the claims name no person", nobody);
            }
        }
        throw new AccessDeniedException("nobody is logged in");
    }
}

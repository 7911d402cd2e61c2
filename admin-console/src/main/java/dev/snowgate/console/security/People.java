package dev.snowgate.console.security;

import dev.snowgate.model.agent.PersonId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

/** Makes people from claims. A claim that is missing or unverified gives no person, and so no access. */
@Component
public class People {
    private final SecurityProperties properties;

    People(SecurityProperties properties) {
        this.properties = properties;
    }

    /**
     * The person that these claims name.
     *
     * @throws IllegalArgumentException with a sentence for people, if the claims name nobody for sure
     */
    public Person fromClaims(Map<String, Object> claims) {
        Object claim = claims.get(properties.personClaim());
        if (!(claim instanceof String text) || text.isBlank()) {
            throw new IllegalArgumentException(
                    "The identity provider sent no claim “" + properties.personClaim() + "”.");
        }
        String verified = properties.verifiedClaim();
        if (!verified.isEmpty() && !isTrue(claims.get(verified))) {
            throw new IllegalArgumentException(
                    "The identity provider did not confirm “" + properties.personClaim() + "”.");
        }
        Object name = claims.get("name");
        return named(text, name instanceof String display && !display.isBlank() ? display : text, groups(claims));
    }

    /** A person by claim and groups, as an operator names them on the command line. */
    public Person named(String claim, String name, Set<String> groups) {
        PersonId id = new PersonId(properties.issuerAlias(), claim.strip().toLowerCase(Locale.ROOT));
        return new Person(id, name, groups, roles(groups));
    }

    /** The roles as Spring Security wants them. */
    static List<GrantedAuthority> authorities(Person person) {
        return person.roles().stream()
                .map(role -> (GrantedAuthority) new SimpleGrantedAuthority("ROLE_" + role))
                .toList();
    }

    private Set<String> roles(Set<String> groups) {
        Set<String> roles = new HashSet<>();
        SecurityProperties.RoleGroups by = properties.roles();
        give(roles, Roles.ADMIN, by.admin(), groups);
        give(roles, Roles.APPROVER, by.approver(), groups);
        give(roles, Roles.AUDITOR, by.auditor(), groups);
        return roles;
    }

    private static void give(Set<String> roles, String role, List<String> giving, Set<String> groups) {
        if (giving.stream().anyMatch(groups::contains)) {
            roles.add(role);
        }
    }

    private Set<String> groups(Map<String, Object> claims) {
        return claims.get(properties.groupsClaim()) instanceof Collection<?> values
                ? values.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private static boolean isTrue(@Nullable Object value) {
        return Boolean.TRUE.equals(value) || "true".equals(value);
    }
}

package dev.snowgate.gateway.session;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads configured paths from verified claims. A path is a claim's name, or names joined by dots for nested claims. */
record TokenClaims(Map<String, Object> claims) {
    private static final int MOST_GROUPS = 500;
    private static final int LONGEST = 200;

    /** The first path that leads to a usable text. */
    Optional<String> firstText(List<String> paths) {
        return paths.stream().flatMap(path -> text(path).stream()).findFirst();
    }

    /** The text at a path; blank, overlong and other values count as absent. */
    Optional<String> text(String path) {
        return at(path) instanceof String text && !text.isBlank() && text.length() <= LONGEST
                ? Optional.of(text.strip())
                : Optional.empty();
    }

    /** The groups at a path. */
    Set<String> groups(String path) {
        Set<String> groups = new LinkedHashSet<>();
        switch (at(path)) {
            case Collection<?> many -> many.forEach(one -> add(groups, one));
            case String text -> List.of(text.split("[\\s,]+")).forEach(one -> add(groups, one));
            case null, default -> {}
        }
        if (groups.size() > MOST_GROUPS) {
            throw TokenRefusal.because("it names more than " + MOST_GROUPS + " groups");
        }
        return groups;
    }

    /** Whether the issuer says that the e-mail address was not verified. */
    boolean emailIsUnverified() {
        Object verified = claims.get("email_verified");
        return verified != null && !"true".equals(verified.toString().toLowerCase(Locale.ROOT));
    }

    private static void add(Set<String> groups, @Nullable Object value) {
        if (value instanceof String text && !text.isBlank() && text.length() <= LONGEST) {
            groups.add(text.strip());
        }
    }

    private @Nullable Object at(String path) {
        Object whole = claims.get(path);
        if (whole != null) {
            return whole;
        }
        Object value = claims;
        for (String name : path.split("\\.")) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value;
    }
}

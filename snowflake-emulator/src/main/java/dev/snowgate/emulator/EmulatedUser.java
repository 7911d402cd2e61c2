package dev.snowgate.emulator;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One user of the emulated account and the credentials that open a session for it.
 *
 * @param publicKey key-pair public key, PEM or base64 of the DER form
 * @param publicKeyFile file with the public key, read at log-in so that a rotated key counts
 * @param roles roles that the user holds; the default role is the first when not named
 */
public record EmulatedUser(
        String name,
        @Nullable String password,
        @Nullable String publicKey,
        @Nullable String publicKeyFile,
        @Nullable String pat,
        @DefaultValue List<String> oauthTokens,
        @DefaultValue List<String> roles,
        @Nullable String defaultRole,
        @Nullable String warehouse,
        @Nullable String database,
        @Nullable String schema) {

    public EmulatedUser {
        name = name.toUpperCase(Locale.ROOT);
        oauthTokens = List.copyOf(oauthTokens);
        roles = roles.isEmpty() ? List.of("PUBLIC") : List.copyOf(roles);
    }

    /** A user with a password; use the {@code with…} methods for more. */
    public static EmulatedUser named(String name, String password, String... roles) {
        return new EmulatedUser(
                name, password, null, null, null, List.of(), List.of(roles), null, "COMPUTE_WH", null, null);
    }

    public EmulatedUser withPublicKey(String key) {
        return new EmulatedUser(
                name, password, key, publicKeyFile, pat, oauthTokens, roles, defaultRole, warehouse, database, schema);
    }

    public EmulatedUser withPat(String token) {
        return new EmulatedUser(
                name,
                password,
                publicKey,
                publicKeyFile,
                token,
                oauthTokens,
                roles,
                defaultRole,
                warehouse,
                database,
                schema);
    }

    public EmulatedUser withOauthToken(String token) {
        return new EmulatedUser(
                name,
                password,
                publicKey,
                publicKeyFile,
                pat,
                List.of(token),
                roles,
                defaultRole,
                warehouse,
                database,
                schema);
    }

    public EmulatedUser withContext(String newDatabase, String newSchema) {
        return new EmulatedUser(
                name,
                password,
                publicKey,
                publicKeyFile,
                pat,
                oauthTokens,
                roles,
                defaultRole,
                warehouse,
                newDatabase,
                newSchema);
    }

    /** The role of a session that did not ask for one. */
    public String effectiveRole() {
        return defaultRole == null ? roles.getFirst() : defaultRole;
    }

    @Override
    public String toString() {
        return "EmulatedUser[" + name + "]";
    }
}

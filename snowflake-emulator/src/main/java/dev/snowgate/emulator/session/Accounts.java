package dev.snowgate.emulator.session;

import dev.snowgate.emulator.EmulatedUser;
import dev.snowgate.emulator.Refused;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The account's users and the ways in which each may prove who it is. */
public final class Accounts {
    private final String account;
    private final Map<String, EmulatedUser> users;
    private final KeyPairTokens keyPairs;

    public Accounts(String account, List<EmulatedUser> users, Clock clock) {
        this.account = account.toUpperCase(Locale.ROOT);
        this.users = users.stream().collect(Collectors.toUnmodifiableMap(EmulatedUser::name, u -> u, (a, b) -> b));
        this.keyPairs = new KeyPairTokens(account, this.users::get, clock);
    }

    public String account() {
        return account;
    }

    /** Password log-in. */
    public EmulatedUser byPassword(String name, String password) {
        EmulatedUser user = users.get(name.toUpperCase(Locale.ROOT));
        if (user == null || !same(user.password(), password)) {
            throw new Refused("390100", "28000", "Incorrect username or password was specified.");
        }
        return user;
    }

    /** Key-pair log-in; the log-in name, when given, must be the token's user. */
    public EmulatedUser byKeyPair(@Nullable String name, String token) {
        EmulatedUser user = keyPairs.verify(token);
        if (name != null && !name.isEmpty() && !name.equalsIgnoreCase(user.name())) {
            throw new Refused("390144", "08004", "JWT token is invalid. The user is another one.");
        }
        return user;
    }

    public EmulatedUser byOauth(String token) {
        return find(
                user -> user.oauthTokens().stream().anyMatch(t -> same(t, token)),
                new Refused("390303", "08004", "Invalid OAuth access token."));
    }

    public EmulatedUser byPat(String token) {
        return find(
                user -> same(user.pat(), token),
                new Refused("394400", "08004", "Programmatic access token is invalid."));
    }

    /** Checks that a user may take a role; the reply to a log-in that asks for another role is 390189. */
    public static String role(EmulatedUser user, @Nullable String wanted) {
        if (wanted == null || wanted.isBlank()) {
            return user.effectiveRole();
        }
        return user.roles().stream()
                .filter(role -> role.equalsIgnoreCase(wanted))
                .findFirst()
                .orElseThrow(() -> new Refused(
                        "390189",
                        "08001",
                        "Role '" + wanted
                                + "' specified in the connect string is not granted to this user. Contact your"
                                + " local system administrator, or attempt to login with another role, e.g. PUBLIC."));
    }

    private EmulatedUser find(Predicate<EmulatedUser> matches, Refused otherwise) {
        return users.values().stream().filter(matches).findFirst().orElseThrow(() -> otherwise);
    }

    private static boolean same(@Nullable String expected, String given) {
        return expected != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}

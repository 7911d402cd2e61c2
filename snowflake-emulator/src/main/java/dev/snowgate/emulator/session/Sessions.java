package dev.snowgate.emulator.session;

import dev.snowgate.emulator.EmulatedUser;
import dev.snowgate.emulator.Refused;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Open sessions and their tokens. A token is a version of a session: renewal makes new ones, the session stays. */
public final class Sessions {
    private final Map<String, Ticket> sessionTokens = new ConcurrentHashMap<>();
    private final Map<String, Ticket> masterTokens = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong(74_000_000_000L + System.nanoTime() % 1_000_000_000L * 4);
    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final Duration tokenLife;
    private final Duration masterLife;

    public Sessions(Clock clock, Duration tokenLife, Duration masterLife) {
        this.clock = clock;
        this.tokenLife = tokenLife;
        this.masterLife = masterLife;
    }

    /** The pair of tokens handed to a client. */
    public record Tokens(String session, String master, long sessionSeconds, long masterSeconds) {}

    public Session open(EmulatedUser user, String role, String clientApp) {
        return new Session(ids.addAndGet(4), user, role, clientApp, false);
    }

    public Tokens issue(Session session) {
        String token = token("ses");
        String master = token("mst");
        sessionTokens.put(token, new Ticket(session, clock.instant().plus(tokenLife)));
        masterTokens.put(master, new Ticket(session, clock.instant().plus(masterLife)));
        return new Tokens(token, master, tokenLife.toSeconds(), masterLife.toSeconds());
    }

    /** The session of a session token; {@link Refused} with 390101, 390104, 390111 or 390112 otherwise. */
    public Session bySessionToken(@Nullable String token) {
        if (token == null) {
            throw new Refused("390101", "08001", "Authorization header not found in the request data.");
        }
        Ticket ticket = sessionTokens.get(token);
        if (ticket == null) {
            throw new Refused("390104", "08001", "Session token is invalid. Authenticate again.");
        }
        if (ticket.session.closed()) {
            throw new Refused(
                    "390111", "08001", "Session no longer exists.  New login required to access the service.");
        }
        if (!ticket.expires.isAfter(clock.instant())) {
            throw new Refused("390112", "08001", "Your session has expired. Please login again.");
        }
        return ticket.session;
    }

    /** Renews by master token; the old session token has to belong to the same session. */
    public Map.Entry<Session, Tokens> renew(@Nullable String masterToken, String oldSessionToken) {
        Ticket master = masterToken == null ? null : masterTokens.get(masterToken);
        if (master == null || master.session.closed()) {
            throw new Refused("390113", "08001", "Master token not found. Authenticate again.");
        }
        if (!master.expires.isAfter(clock.instant())) {
            throw new Refused(
                    "390114", "08001", "Authentication token has expired.  The user must authenticate again.");
        }
        Ticket old = sessionTokens.get(oldSessionToken);
        if (old == null || old.session != master.session) {
            throw new Refused("390115", "08001", "The session token does not belong to this session.");
        }
        return Map.entry(master.session, issue(master.session));
    }

    public void close(Session session) {
        session.close();
    }

    /** Makes every session token that exists now an expired one; master tokens stay good. */
    public void expireTokens() {
        Instant past = clock.instant().minusSeconds(1);
        sessionTokens.replaceAll((token, ticket) -> new Ticket(ticket.session, past));
    }

    /** Forgets what nobody can use any more. */
    public void sweep() {
        Instant now = clock.instant();
        sessionTokens.values().removeIf(t -> t.expires.plus(masterLife).isBefore(now));
        masterTokens.values().removeIf(t -> t.expires.plus(masterLife).isBefore(now));
    }

    private String token(String kind) {
        byte[] bytes = new byte[48];
        random.nextBytes(bytes);
        return "ver:1-hint:" + kind + "-ETMsDgAAAX"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private record Ticket(Session session, Instant expires) {}
}

package dev.snowgate.gateway.session;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Life of sessions and of the tokens that we give to agents: prefix {@code snowgate.session}.
 *
 * @param maxAge a session ends after that, whatever its tokens say
 * @param tokenValidity life of a session token
 * @param masterValidity life of a master token; a heartbeat of the client prolongs it
 * @param renewalOverlap how long a replaced token still answers, and a repeated renewal gets the same pair
 * @param idle an SQL API agent's session ends after that long without a request
 * @param databaseTimeout longest wait for the database in one step
 */
@ConfigurationProperties("snowgate.session")
public record SessionProperties(
        @DefaultValue("24h") Duration maxAge,
        @DefaultValue("1h") Duration tokenValidity,
        @DefaultValue("4h") Duration masterValidity,
        @DefaultValue("10m") Duration renewalOverlap,
        @DefaultValue("30m") Duration idle,
        @DefaultValue("5s") Duration databaseTimeout) {
    public SessionProperties {
        Settings.within(maxAge, Duration.ofMinutes(1), Duration.ofDays(30), "snowgate.session.max-age");
        Settings.within(tokenValidity, Duration.ofSeconds(1), Duration.ofDays(1), "snowgate.session.token-validity");
        Settings.within(masterValidity, tokenValidity, Duration.ofDays(7), "snowgate.session.master-validity");
        Settings.within(
                renewalOverlap, Duration.ofSeconds(10), Duration.ofHours(1), "snowgate.session.renewal-overlap");
        Settings.within(idle, Duration.ofMinutes(1), Duration.ofDays(1), "snowgate.session.idle");
        Settings.within(
                databaseTimeout, Duration.ofMillis(100), Duration.ofMinutes(1), "snowgate.session.database-timeout");
    }

    /** As if nothing were configured. */
    public static SessionProperties defaults() {
        return new SessionProperties(
                Duration.ofHours(24),
                Duration.ofHours(1),
                Duration.ofHours(4),
                Duration.ofMinutes(10),
                Duration.ofMinutes(30),
                Duration.ofSeconds(5));
    }
}

package dev.snowgate.gateway.limits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of each agent in each replica; prefix {@code snowgate.limits.agent}.
 *
 * @param concurrent most exchanges worked on at a time, parked polls not counted
 * @param perSecond most exchanges that begin in a second
 */
@ConfigurationProperties("snowgate.limits.agent")
public record LimitProperties(
        @DefaultValue("64") int concurrent,
        @DefaultValue("200") int perSecond) {
    public LimitProperties {
        if (concurrent < 1 || perSecond < 1) {
            throw new IllegalArgumentException("snowgate.limits.agent.concurrent and per-second are at least 1");
        }
    }
}

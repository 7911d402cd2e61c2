package dev.snowgate.gateway.edge;

import dev.snowgate.model.network.Network;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits at the edge.
 *
 * @param maxBody bytes of a body as it travels
 * @param maxInflated bytes of a body after inflating; array binds of drivers may be tens of MB
 * @param maxSmallBody bytes of a body that is no statement: log-in (which anybody may send), renewal, cancel
 * @param maxInflateRatio how many bytes one compressed byte may become, once the result is larger than 1 MB
 * @param maxStatementCharacters characters of a statement's text
 * @param recordTimeout how long a refusal waits for its record
 * @param trustedProxies addresses or blocks of the proxies in front of the gateway; only their X-Forwarded-For is believed
 * @param drainDelay how long a replica that stops still listens and sends new exchanges away, for a load balancer to notice
 */
@ConfigurationProperties("snowgate.edge")
public record EdgeProperties(
        @DefaultValue("64MB") DataSize maxBody,
        @DefaultValue("64MB") DataSize maxInflated,
        @DefaultValue("256KB") DataSize maxSmallBody,
        @DefaultValue("250") int maxInflateRatio,
        @DefaultValue("8388608") int maxStatementCharacters,
        @DefaultValue("2s") Duration recordTimeout,
        @DefaultValue({}) List<String> trustedProxies,
        @DefaultValue("5s") Duration drainDelay) {
    private static final long MOST = 1L << 30;

    public EdgeProperties {
        requireSize("max-body", maxBody);
        requireSize("max-inflated", maxInflated);
        requireSize("max-small-body", maxSmallBody);
        require(maxInflateRatio >= 2, "max-inflate-ratio must be 2 or more");
        require(maxStatementCharacters >= 1, "max-statement-characters must be 1 or more");
        require(recordTimeout.isPositive(), "record-timeout must be positive");
        trustedProxies = List.copyOf(trustedProxies);
        require(
                trustedProxies.stream().allMatch(text -> Network.parse(text).isPresent()),
                "trusted-proxies must be addresses or blocks such as 10.1.0.0/16");
    }

    /** The proxies whose word counts. */
    public List<Network> proxies() {
        return trustedProxies.stream()
                .flatMap(text -> Network.parse(text).stream())
                .toList();
    }

    private static void requireSize(String name, DataSize size) {
        require(size.toBytes() >= 1 && size.toBytes() <= MOST, name + " must be between 1B and 1GB");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException("snowgate.edge." + message);
        }
    }
}

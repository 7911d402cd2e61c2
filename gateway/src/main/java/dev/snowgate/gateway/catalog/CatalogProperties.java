package dev.snowgate.gateway.catalog;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Prefix {@code snowgate.catalog.snapshot}.
 *
 * @param maxAge an object that was not seen for longer is unknown until it is asked for again
 * @param lookUpTimeout longest wait for all look-ups of one statement
 * @param missTtl how long an object that Snowflake does not show is not asked for again
 */
@ConfigurationProperties("snowgate.catalog.snapshot")
public record CatalogProperties(
        @DefaultValue("24h") Duration maxAge,
        @DefaultValue("10s") Duration lookUpTimeout,
        @DefaultValue("10s") Duration missTtl) {}

package dev.snowgate.gateway.snowflake.client;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whom the gateway is when it asks Snowflake about objects: prefix {@code snowgate.catalog.access}. Without a user nothing is
 * asked, and what the loaded catalog does not know stays unknown.
 *
 * @param user a Snowflake user that may read INFORMATION_SCHEMA and no data
 * @param privateKeyFile its key (PEM, PKCS#8, RSA); by default the upstream's common key
 * @param role its role
 * @param warehouse its warehouse
 * @param governance where a single look-up asks for tags and masking policies; what it names and cannot be asked fails the look-up
 * @param timeout longest wait for one look-up
 * @param concurrent look-ups at the same time
 */
@ConfigurationProperties("snowgate.catalog.access")
public record CatalogAccessProperties(
        @Nullable String user,
        @Nullable Path privateKeyFile,
        @DefaultValue("") String role,
        @DefaultValue("") String warehouse,
        @DefaultValue("information-schema") Governance governance,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue("4") int concurrent) {

    /** Where tags and masking policies of one object are asked for. */
    public enum Governance {
        /** The table functions of INFORMATION_SCHEMA, which know the present moment. */
        INFORMATION_SCHEMA,
        /** Nowhere: the edition of the account has none, or the user has no privilege to see them. */
        OFF
    }

    public CatalogAccessProperties {
        if (user != null && !user.isBlank() && role.isBlank()) {
            throw new IllegalArgumentException("'snowgate.catalog.access.role' is missing");
        }
        if (concurrent < 1) {
            throw new IllegalArgumentException("'snowgate.catalog.access.concurrent' must be positive");
        }
    }

    /** Whether Snowflake may be asked at all. */
    public boolean enabled() {
        return user != null && !user.isBlank();
    }
}

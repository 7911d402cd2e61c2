package dev.snowgate.console.catalog;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the catalog is read from. Without a URL nothing is read: the stored catalog stays as it is.
 *
 * @param url address of the account ({@code https://…}) or its JDBC URL, empty text for no synchronisation
 * @param account the account's name as statements and policies know it
 * @param privateKeyFile key of the user, PKCS#8
 * @param databases databases to read, as Snowflake stores their names
 * @param every time between two synchronisations
 * @param timeout longest single query
 * @param governance where tags and masking policies are read; what it names and cannot be read fails the synchronisation
 * @param disableOcspChecks only for an upstream that is no real Snowflake
 */
@ConfigurationProperties(prefix = "snowgate.catalog", ignoreUnknownFields = false)
public record CatalogProperties(
        @DefaultValue("") String url,
        @DefaultValue("") String account,
        @DefaultValue("") String user,
        @Nullable Path privateKeyFile,
        @DefaultValue("") String role,
        @DefaultValue("") String warehouse,
        @DefaultValue List<String> databases,
        @DefaultValue("15m") Duration every,
        @DefaultValue("2m") Duration timeout,
        @DefaultValue("account-usage") Source governance,
        @DefaultValue("false") boolean disableOcspChecks) {

    /** Where tags and masking policies are read. */
    public enum Source {
        /** The share SNOWFLAKE, and INFORMATION_SCHEMA for objects that changed. */
        ACCOUNT_USAGE,
        /** Nowhere: the edition of the account has none. */
        OFF
    }

    /** The address as the driver wants it. */
    String jdbcUrl() {
        return url.startsWith("jdbc:")
                ? url
                : "jdbc:snowflake://" + url.replaceFirst("^https?://", "").replaceFirst("/+$", "") + "/";
    }

    /** Whether the address asks for no encryption, as one on this machine may. */
    boolean isPlain() {
        return url.startsWith("http://");
    }

    /** Whether there is anything to read. */
    boolean isConfigured() {
        return !url.isBlank();
    }
}

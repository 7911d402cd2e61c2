package dev.snowgate.gateway.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the gateway reaches PostgreSQL; prefix {@code snowgate.database}.
 *
 * @param url {@code r2dbc:postgresql://host:port/database}
 * @param username the gateway's role
 * @param password its password; or
 * @param passwordFile a file that holds nothing but the password
 * @param poolSize most connections of this replica
 * @param connectTimeout longest wait for a new connection
 * @param acquireTimeout longest wait for a free connection
 * @param statementTimeout longest run of one SQL statement; a transaction may take twice as long
 */
@ConfigurationProperties("snowgate.database")
public record DatabaseProperties(
        String url,
        @DefaultValue("snowgate_gateway") String username,
        @Nullable String password,
        @Nullable Path passwordFile,
        @DefaultValue("16") int poolSize,
        @DefaultValue("3s") Duration connectTimeout,
        @DefaultValue("3s") Duration acquireTimeout,
        @DefaultValue("5s") Duration statementTimeout) {
    public DatabaseProperties {
        if (!url.startsWith("r2dbc:postgresql:")) {
            throw new IllegalArgumentException("snowgate.database.url begins with r2dbc:postgresql:");
        }
        if ((password == null) == (passwordFile == null)) {
            throw new IllegalArgumentException("give one of snowgate.database.password and password-file");
        }
    }

    /** The password, from wherever it is configured. */
    String secret() {
        if (password != null) {
            return password;
        }
        try {
            return passwordFile == null ? "" : Files.readString(passwordFile).strip();
        } catch (IOException unreadable) {
            throw new IllegalStateException("the file of snowgate.database.password-file cannot be read", unreadable);
        }
    }

    @Override
    public String toString() {
        return "DatabaseProperties[" + username + ", pool of " + poolSize + "]";
    }
}

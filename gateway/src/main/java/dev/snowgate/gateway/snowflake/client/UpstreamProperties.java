package dev.snowgate.gateway.snowflake.client;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The real Snowflake: prefix {@code snowgate.upstream}.
 *
 * @param url its address, scheme and host and port only
 * @param account account identifier to log in to; by default {@code snowgate.account}
 * @param privateKeyFile key (PEM, PKCS#8, RSA) of all upstream users that have none of their own
 * @param connectTimeout longest wait for a connection
 * @param controlTimeout longest wait for log-in, renewal, heartbeat, abort
 * @param statementTimeout longest wait for bytes of a statement's reply; Snowflake answers within 45 seconds
 * @param maxReply largest reply, after inflating
 * @param controlConnections connections for log-in and control
 * @param statementConnections connections for statements
 * @param storage chunk downloads
 * @param circuit when to stop calling for a while
 */
@ConfigurationProperties("snowgate.upstream")
public record UpstreamProperties(
        URI url,
        @Nullable String account,
        @Nullable Path privateKeyFile,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("15s") Duration controlTimeout,
        @DefaultValue("50s") Duration statementTimeout,
        @DefaultValue("64MB") DataSize maxReply,
        @DefaultValue("32") int controlConnections,
        @DefaultValue("256") int statementConnections,
        @DefaultValue Storage storage,
        @DefaultValue Circuit circuit) {
    public UpstreamProperties {
        if (url == null
                || url.getHost() == null
                || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new IllegalArgumentException("'snowgate.upstream.url' must be an http or https address");
        }
        if (url.getPath() != null && !url.getPath().isEmpty() && !url.getPath().equals("/")) {
            throw new IllegalArgumentException("'snowgate.upstream.url' must not have a path");
        }
        if (connectTimeout.isNegative() || connectTimeout.isZero() || controlTimeout.compareTo(connectTimeout) < 0) {
            throw new IllegalArgumentException(
                    "'snowgate.upstream.control-timeout' must not be below the connect-timeout");
        }
        if (statementTimeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("'snowgate.upstream.statement-timeout' must be at least one second");
        }
        if (maxReply.toBytes() < 1024 || maxReply.toBytes() > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException("'snowgate.upstream.max-reply' must be between 1KB and 1GB");
        }
        if (controlConnections < 1 || statementConnections < 1) {
            throw new IllegalArgumentException("'snowgate.upstream.*-connections' must be positive");
        }
    }

    /** Scheme, host and port without a path. */
    String origin() {
        String text = url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** The account to log in to, given the account that clients name. */
    public String accountOr(String served) {
        return account == null || account.isBlank() ? served : account;
    }

    /**
     * Chunk downloads from the account's storage.
     *
     * @param allowedHosts hosts that chunks may come from, as the account announces them (SYSTEM$ALLOWLIST): {@code host},
     *     {@code host:port} or {@code *.domain}; empty means none. Plain http and private addresses only where named exactly
     * @param responseTimeout longest wait for bytes of a chunk
     * @param connections connections for chunks
     * @param perAgent chunks that one agent may fetch at the same time
     */
    public record Storage(
            @DefaultValue List<String> allowedHosts,
            @DefaultValue("30s") Duration responseTimeout,
            @DefaultValue("64") int connections,
            @DefaultValue("16") int perAgent) {
        public Storage {
            allowedHosts = List.copyOf(allowedHosts);
            if (connections < 1 || perAgent < 1) {
                throw new IllegalArgumentException(
                        "'snowgate.upstream.storage.connections' and 'per-agent' must be positive");
            }
        }
    }

    /**
     * When calls fail too often, none are made for a while.
     *
     * @param failureRate percentage of faults that opens the circuit
     * @param calls calls that are looked at
     * @param openFor how long no call is made
     */
    public record Circuit(
            @DefaultValue("50") float failureRate,
            @DefaultValue("50") int calls,
            @DefaultValue("5s") Duration openFor) {
        public Circuit {
            if (failureRate <= 0 || failureRate > 100 || calls < 2) {
                throw new IllegalArgumentException(
                        "'snowgate.upstream.circuit' needs a rate in 1 to 100 and at least 2 calls");
            }
        }
    }
}

package dev.snowgate.gateway.snowflake.client;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.util.unit.DataSize;

/** A client of chunk storage on this machine, for tests of other packages. */
public final class LoopbackStorage {
    private LoopbackStorage() {}

    /** For the storage on that port. */
    public static StorageClient client(int port) {
        return client(port, Duration.ofSeconds(30));
    }

    /** The same, with the longest wait for bytes. */
    public static StorageClient client(int port, Duration silence) {
        String host = "127.0.0.1:" + port;
        UpstreamProperties properties = new UpstreamProperties(
                URI.create("http://" + host),
                null,
                null,
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                DataSize.ofMegabytes(16),
                8,
                32,
                new UpstreamProperties.Storage(List.of(host), silence, 8, 4),
                new UpstreamProperties.Circuit(50, 50, Duration.ofSeconds(5)));
        return new StorageClient(properties, CircuitBreakerRegistry.ofDefaults());
    }
}

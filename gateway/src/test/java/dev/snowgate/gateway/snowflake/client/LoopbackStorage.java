package dev.snowgate.gateway.snowflake.client;

import dev.snowgate.gateway.snowflake.sqlapi.SqlApiReplies;
import dev.snowgate.gateway.statement.PartReader;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.model.agent.AgentId;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A client of chunk storage on this machine, for tests of other packages. */
public final class LoopbackStorage {
    private LoopbackStorage() {}

    /** For the storage on that port. */
    public static StorageClient client(int port) {
        return client(port, Duration.ofSeconds(30));
    }

    /** The same, with the longest wait for bytes. */
    public static StorageClient client(int port, Duration silence) {
        return new StorageClient(properties(port, silence), CircuitBreakerRegistry.ofDefaults());
    }

    /** A partition from the Snowflake on that port, read by the reader. */
    public static Flux<byte[]> part(int port, Duration silence, PartReader reader) {
        return new UpstreamHttp(properties(port, silence), CircuitBreakerRegistry.ofDefaults())
                .stream(UpstreamRequest.get("/part", Map.of()), new AgentId("copilot"), reader);
    }

    /** A whole reply of the SQL API from the Snowflake on that port. */
    public static Mono<UpstreamReply> reply(int port) {
        return new UpstreamHttp(properties(port, Duration.ofSeconds(30)), CircuitBreakerRegistry.ofDefaults())
                .send(Purpose.STATEMENTS, UpstreamRequest.get("/reply", Map.of()))
                .map(answer -> SqlApiReplies.parse(answer.status(), answer.body()));
    }

    private static UpstreamProperties properties(int port, Duration silence) {
        String host = "127.0.0.1:" + port;
        return new UpstreamProperties(
                URI.create("http://" + host),
                null,
                null,
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                silence,
                DataSize.ofMegabytes(512),
                8,
                32,
                new UpstreamProperties.Storage(List.of(host), silence, 8, 4),
                new UpstreamProperties.Circuit(50, 50, Duration.ofSeconds(5)));
    }
}

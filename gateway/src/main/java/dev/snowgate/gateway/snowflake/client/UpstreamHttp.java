package dev.snowgate.gateway.snowflake.client;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.PartReader;
import dev.snowgate.model.agent.AgentId;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * HTTP to Snowflake with a connection pool, time-outs, bulkhead and circuit per purpose. Redirects are not followed, cookies not
 * kept, and no request is repeated here: a pooled connection that broke is the caller's affair, who knows the request id.
 */
final class UpstreamHttp {
    static final String USER_AGENT = "Snowgate/0.1";
    private final Map<Purpose, HttpClient> clients = new EnumMap<>(Purpose.class);
    private final Map<Purpose, CallGuard> guards = new EnumMap<>(Purpose.class);
    private final UpstreamProperties properties;

    UpstreamHttp(UpstreamProperties properties, CircuitBreakerRegistry circuits) {
        this.properties = properties;
        add(Purpose.CONTROL, properties.controlConnections(), properties.controlTimeout(), circuits);
        add(Purpose.STATEMENTS, properties.statementConnections(), properties.statementTimeout(), circuits);
        add(Purpose.PARTS, properties.storage().connections(), properties.statementTimeout(), circuits);
    }

    private void add(Purpose purpose, int connections, Duration timeout, CircuitBreakerRegistry circuits) {
        clients.put(purpose, client(purpose, connections, properties.connectTimeout(), timeout));
        guards.put(purpose, new CallGuard(purpose, connections, properties.circuit(), circuits));
    }

    static HttpClient client(Purpose purpose, int connections, Duration connectTimeout, Duration responseTimeout) {
        ConnectionProvider pool = ConnectionProvider.builder(
                        "upstream-" + purpose.name().toLowerCase(Locale.ROOT))
                .maxConnections(connections)
                .pendingAcquireTimeout(connectTimeout)
                .pendingAcquireMaxCount(connections * 4)
                // Below the idle time-outs of common load balancers, so that a pooled connection is rarely dead.
                .maxIdleTime(Duration.ofSeconds(30))
                .metrics(false)
                .build();
        return HttpClient.create(pool)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) connectTimeout.toMillis())
                .responseTimeout(responseTimeout)
                .followRedirect(false)
                .disableRetry(true);
    }

    /** Sends it; statuses below 500, except 429, are answers, everything else is a gateway exception. */
    Mono<UpstreamAnswer> send(Purpose purpose, UpstreamRequest request) {
        HttpClient client = http(purpose);
        Duration whole = purpose == Purpose.CONTROL
                ? properties.controlTimeout()
                : properties.statementTimeout().multipliedBy(2);
        Mono<UpstreamAnswer> call = client.headers(headers -> write(headers, request))
                .request(request.method())
                .uri(properties.origin() + request.pathAndQuery())
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(request.body())))
                .response((response, body) -> answer(response.status().code(), body))
                .next()
                .switchIfEmpty(Mono.error(() -> UpstreamFault.notUnderstood("it is empty")))
                .timeout(whole);
        return guard(purpose).guard(call);
    }

    /**
     * Streams the body of a part to a reader; nothing is collected. A status other than 200 is a fault, and so is a body that ends early.
     *
     * @param agent whose share of the connections it takes
     */
    Flux<byte[]> stream(UpstreamRequest request, AgentId agent, PartReader reader) {
        Flux<byte[]> call = Flux.from(http(Purpose.PARTS)
                .headers(headers -> write(headers, request))
                .request(request.method())
                .uri(properties.origin() + request.pathAndQuery())
                .response((response, body) -> part(response, body, reader)));
        return guard(Purpose.PARTS)
                .guard(call, agent.value(), properties.storage().perAgent());
    }

    private static Publisher<byte[]> part(HttpClientResponse response, Flux<ByteBuf> body, PartReader reader) {
        int status = response.status().code();
        return switch (status) {
            case 200 ->
                reader.read(
                        ChunkHead.of(response.responseHeaders()).contentEncoding(), body.map(ByteBufUtil::getBytes));
            case 404, 410, 422 ->
                Flux.error(new GatewayException(
                        GatewayErrorCode.RESULT_EXPIRED,
                        "Snowflake no longer has this part of the result. Send the statement again."));
            case 429 -> Flux.error(UpstreamFault.unavailable(status));
            default ->
                Flux.error(
                        status >= 500
                                ? UpstreamFault.unavailable(status)
                                : UpstreamFault.notUnderstood("HTTP status " + status));
        };
    }

    private CallGuard guard(Purpose purpose) {
        CallGuard guard = guards.get(purpose);
        if (guard == null) {
            throw new IllegalArgumentException("no guard for " + purpose);
        }
        return guard;
    }

    /** A status that says nothing of the request itself is a fault of the way and counts against the circuit. */
    private Mono<UpstreamAnswer> answer(int status, Flux<ByteBuf> body) {
        return status == 429 || status >= 500
                ? Mono.error(UpstreamFault.unavailable(status))
                : ReplyBytes.collect(body, properties.maxReply().toBytes())
                        .map(bytes -> new UpstreamAnswer(status, bytes));
    }

    private HttpClient http(Purpose purpose) {
        HttpClient client = clients.get(purpose);
        if (client == null) {
            throw new IllegalArgumentException("no client for " + purpose);
        }
        return client;
    }

    private static void write(HttpHeaders headers, UpstreamRequest request) {
        request.headers().forEach(headers::set);
        headers.set("User-Agent", USER_AGENT);
        headers.set("Accept-Encoding", "gzip");
        headers.set("Content-Length", request.body().length);
    }
}

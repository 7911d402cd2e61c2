package dev.snowgate.gateway.snowflake.client;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.model.agent.AgentId;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Fetches chunks of results from the account's storage: GET only, with the stored key headers and nothing of the client's, from
 * announced hosts only. Bytes stream through with back-pressure; nothing is collected.
 */
public final class StorageClient {
    /** Headers that a reply of Snowflake may make us send; no other name is passed on, whatever the reply says. */
    private static final Set<String> KEY_HEADERS = Set.of(
            "x-amz-server-side-encryption-customer-algorithm",
            "x-amz-server-side-encryption-customer-key",
            "x-amz-server-side-encryption-customer-key-md5");

    private final StorageHosts hosts;
    private final BiPredicate<URI, InetAddress> addresses;
    private final HttpClient http;
    private final CallGuard guard;
    private final int perAgent;

    StorageClient(UpstreamProperties properties, CircuitBreakerRegistry circuits) {
        this(properties, circuits, new StorageHosts(properties.storage().allowedHosts())::allows);
    }

    /** With another opinion on addresses. */
    StorageClient(
            UpstreamProperties properties, CircuitBreakerRegistry circuits, BiPredicate<URI, InetAddress> addresses) {
        UpstreamProperties.Storage storage = properties.storage();
        this.hosts = new StorageHosts(storage.allowedHosts());
        this.addresses = addresses;
        this.http = UpstreamHttp.client(
                Purpose.STORAGE, storage.connections(), properties.connectTimeout(), storage.responseTimeout());
        this.guard = new CallGuard(Purpose.STORAGE, storage.connections(), properties.circuit(), circuits);
        this.perAgent = storage.perAgent();
    }

    /**
     * Fetches one chunk. Buffers are released when the reader's stream has moved on: who keeps one retains it. Fails with
     * {@code RESULT_WITHHELD} for a host that is not announced, {@code RESULT_EXPIRED} where the storage does not give the
     * object any more (403, 404: ask Snowflake for new URLs by query id), {@code UPSTREAM_UNAVAILABLE}, {@code UPSTREAM_TIMEOUT}
     * or {@code OVERLOADED}. A transfer that ends early is an error, never a shorter chunk.
     *
     * @param url as stored from Snowflake's reply
     * @param keyHeaders as stored from Snowflake's reply; names other than those of customer keys are not sent
     * @param agent whose share of the connections it takes
     * @param reader makes of head and bytes what the caller wants
     */
    public <T> Flux<T> fetch(
            URI url,
            Map<String, String> keyHeaders,
            AgentId agent,
            BiFunction<ChunkHead, Flux<ByteBuf>, ? extends Publisher<T>> reader) {
        if (!hosts.allows(url)) {
            return Flux.error(refusedHost());
        }
        Flux<T> call = Flux.from(http.doOnRequest((request, connection) ->
                        checkAddress(url, connection.channel().remoteAddress()))
                .headers(headers -> write(headers, keyHeaders))
                .get()
                .uri(url)
                .response((response, body) -> read(response, body, reader)));
        return guard.guard(call, agent.value(), perAgent);
    }

    private static <T> Publisher<T> read(
            HttpClientResponse response,
            Flux<ByteBuf> body,
            BiFunction<ChunkHead, Flux<ByteBuf>, ? extends Publisher<T>> reader) {
        int status = response.status().code();
        return switch (status) {
            case 200 -> reader.apply(ChunkHead.of(response.responseHeaders()), body);
            case 400, 403, 404, 410 ->
                Flux.error(new GatewayException(
                        GatewayErrorCode.RESULT_EXPIRED,
                        "The storage does not give this part of the result any more."));
            case 429 -> Flux.error(UpstreamFault.unavailable(status));
            default ->
                Flux.error(
                        status >= 500
                                ? UpstreamFault.unavailable(status)
                                : UpstreamFault.notUnderstood("storage status " + status));
        };
    }

    private static void write(HttpHeaders headers, Map<String, String> keyHeaders) {
        keyHeaders.forEach((name, value) -> {
            if (KEY_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                headers.set(name, value);
            }
        });
        headers.set(HttpHeaderNames.USER_AGENT, UpstreamHttp.USER_AGENT);
        headers.set(HttpHeaderNames.ACCEPT_ENCODING, "gzip");
    }

    /** After the name was resolved and before a byte is sent: a public name may lead to a private address. */
    private void checkAddress(URI url, SocketAddress remote) {
        if (!(remote instanceof InetSocketAddress address)
                || address.getAddress() == null
                || !addresses.test(url, address.getAddress())) {
            throw refusedHost();
        }
    }

    private static GatewayException refusedHost() {
        return new GatewayException(
                GatewayErrorCode.RESULT_WITHHELD,
                "A part of the result was withheld: it is stored at a place that is not announced for this account.");
    }
}

package dev.snowgate.emulator;

import dev.snowgate.emulator.admin.FaultList;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.Duration;
import java.util.EnumSet;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Strikes with the scripted faults that match a request's path, before anything reads the request. */
final class PathFaults implements BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {
    private static final EnumSet<Fault.Kind> KINDS =
            EnumSet.of(Fault.Kind.DELAY, Fault.Kind.STATUS, Fault.Kind.RESET, Fault.Kind.EXPIRE_SESSION_TOKEN);
    private static final String EXPIRED =
            "{\"data\":null,\"code\":\"390112\",\"message\":\"Your session has expired. Please login again.\",\"success\":false}";
    private final FaultList faults;
    private final BiFunction<HttpServerRequest, HttpServerResponse, ? extends Publisher<Void>> next;

    PathFaults(FaultList faults, BiFunction<HttpServerRequest, HttpServerResponse, ? extends Publisher<Void>> next) {
        this.faults = faults;
        this.next = next;
    }

    @Override
    public Publisher<Void> apply(HttpServerRequest request, HttpServerResponse response) {
        String path = new QueryStringDecoder(request.uri()).path();
        Fault fault = path.startsWith("/__emulator/") ? null : faults.forPath(path, KINDS);
        if (fault == null) {
            return next.apply(request, response);
        }
        return switch (fault.kind()) {
            case DELAY ->
                Mono.delay(Duration.ofMillis(fault.value()))
                        .then(Mono.defer(() -> Mono.from(next.apply(request, response))));
            case STATUS -> response.status((int) fault.value()).sendString(Mono.just("scripted fault"));
            case EXPIRE_SESSION_TOKEN ->
                response.header("Content-Type", "application/json").sendString(Mono.just(EXPIRED));
            default -> {
                request.withConnection(connection -> connection.channel().close());
                yield Mono.never();
            }
        };
    }
}

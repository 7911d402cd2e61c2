package dev.snowgate.gateway.session;

import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import io.netty.channel.ChannelOption;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * The public keys of one issuer, fetched when needed. A token with an unknown key id causes at most one fetch per ten
 * seconds, so that forged tokens cannot be used to flood the issuer.
 */
final class IssuerKeys {
    private static final int MOST_BYTES = 512 * 1024;
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration KEPT_AFTER_MISS = Duration.ofSeconds(10);
    private static final Duration KEPT_AFTER_FAULT = Duration.ofSeconds(1);

    private final HttpClient http;
    private final URI uri;
    private final Mono<JWKSet> known;
    private final Mono<JWKSet> refetched;

    IssuerKeys(URI uri) {
        this.uri = uri;
        this.http = HttpClient.create()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 2_000)
                .responseTimeout(Duration.ofSeconds(5))
                .followRedirect(false);
        this.known = Mono.defer(this::fetch).cache(set -> KEPT, fault -> KEPT_AFTER_FAULT, () -> Duration.ZERO);
        this.refetched =
                Mono.defer(this::fetch).cache(set -> KEPT_AFTER_MISS, fault -> KEPT_AFTER_FAULT, () -> Duration.ZERO);
    }

    /** Keys that may have signed it. */
    Flux<JWK> of(SignedJWT token) {
        @Nullable String keyId = token.getHeader().getKeyID();
        return known.flatMap(set -> has(set, keyId) ? Mono.just(set) : refetched)
                .flatMapIterable(set -> asymmetric(set));
    }

    private static boolean has(JWKSet set, @Nullable String keyId) {
        return keyId == null || set.getKeyByKeyId(keyId) != null;
    }

    /** A symmetric key in a public document is no key. */
    private static List<JWK> asymmetric(JWKSet set) {
        return set.getKeys().stream()
                .filter(AsymmetricJWK.class::isInstance)
                .map(JWK::toPublicJWK)
                .toList();
    }

    private Mono<JWKSet> fetch() {
        return http.get()
                .uri(uri)
                .response((response, body) -> response.status().code() == 200
                        ? body.asByteArray().reduceWith(ByteArrayOutputStream::new, IssuerKeys::append)
                        : Mono.error(new IllegalStateException(
                                "status " + response.status().code())))
                .next()
                .map(IssuerKeys::parse)
                .timeout(Duration.ofSeconds(8))
                .onErrorMap(fault -> new GatewayException(
                        GatewayErrorCode.AUTHENTICATION_FAILED,
                        "The identity provider is unreachable, so the token cannot be checked. Try again later.",
                        Optional.empty(),
                        fault));
    }

    private static ByteArrayOutputStream append(ByteArrayOutputStream all, byte[] part) {
        if (all.size() + part.length > MOST_BYTES) {
            throw new IllegalStateException("the key set is too large");
        }
        all.writeBytes(part);
        return all;
    }

    private static JWKSet parse(ByteArrayOutputStream body) {
        try {
            return JWKSet.parse(body.toString(StandardCharsets.UTF_8));
        } catch (ParseException e) {
            throw new IllegalStateException("not a key set", e);
        }
    }
}

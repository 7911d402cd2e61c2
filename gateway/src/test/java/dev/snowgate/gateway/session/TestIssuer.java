package dev.snowgate.gateway.session;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** An identity provider on loopback: one RSA key, published as a key set, and tokens signed with it. */
public final class TestIssuer implements AutoCloseable {
    private final String alias;
    private final RSAKey key;
    private final DisposableServer server;
    private final AtomicInteger fetches = new AtomicInteger();

    public TestIssuer(String alias) {
        this.alias = alias;
        try {
            this.key = new RSAKeyGenerator(2048).keyID("key-of-" + alias).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        this.server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.get("/jwks", (request, response) -> {
                    fetches.incrementAndGet();
                    return response.header("Content-Type", "application/json")
                            .sendString(Mono.just(new JWKSet(key.toPublicJWK()).toString()));
                }))
                .bindNow();
    }

    public String uri() {
        return "https://" + alias + ".example";
    }

    public RSAKey key() {
        return key;
    }

    int fetches() {
        return fetches.get();
    }

    public IssuerProperties properties() {
        return properties(false);
    }

    IssuerProperties properties(boolean strict) {
        return new IssuerProperties(
                alias,
                uri(),
                URI.create("http://127.0.0.1:" + server.port() + "/jwks"),
                List.of("snowgate"),
                List.of("RS256"),
                List.of("azp", "client_id", "sub"),
                "groups",
                List.of("email", "act.email", "act.sub"),
                Duration.ofSeconds(30),
                strict);
    }

    /** Claims of a good token for the agent {@code copilot}. */
    public JWTClaimsSet.Builder claims() {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(uri())
                .audience("snowgate")
                .subject("user-1")
                .claim("azp", "copilot")
                .claim("email", "Anna@Example.com")
                .claim("groups", List.of("support"))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(10))));
    }

    public String token(UnaryOperator<JWTClaimsSet.Builder> change) {
        return sign(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.getKeyID())
                        .build(),
                change.apply(claims()).build());
    }

    public String token() {
        return token(UnaryOperator.identity());
    }

    String sign(JWSHeader header, JWTClaimsSet claims) {
        try {
            SignedJWT jwt = new SignedJWT(header, claims);
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The classic confusion: the public key used as the secret of an HMAC. */
    String signedWithThePublicKeyAsSecret() {
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims().build());
            jwt.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(2));
    }
}

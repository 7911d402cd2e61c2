package dev.snowgate.gateway.session;

import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/** One issuer with a decoder for each signature algorithm that it may use. */
final class TrustedIssuer {
    private final IssuerProperties properties;
    private final Map<String, ReactiveJwtDecoder> byAlgorithm = new HashMap<>();

    TrustedIssuer(IssuerProperties properties, Clock clock) {
        this.properties = properties;
        IssuerKeys keys = new IssuerKeys(properties.jwkSetUri());
        for (String algorithm : properties.algorithms()) {
            byAlgorithm.put(algorithm, decoder(algorithm, keys, clock));
        }
    }

    IssuerProperties properties() {
        return properties;
    }

    /** Verifies signature, issuer, audience, type and times; anything wrong is an error. */
    Mono<Jwt> verify(SignedJWT parsed, String token) {
        ReactiveJwtDecoder decoder =
                byAlgorithm.get(parsed.getHeader().getAlgorithm().getName());
        return decoder == null
                ? Mono.error(TokenRefusal.because("its signature algorithm is not accepted"))
                : decoder.decode(token);
    }

    private ReactiveJwtDecoder decoder(String algorithm, IssuerKeys keys, Clock clock) {
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withJwkSource(keys::of)
                .jwsAlgorithm(SignatureAlgorithm.valueOf(algorithm))
                .validateType(false)
                .build();
        JwtTimestampValidator times = new JwtTimestampValidator(properties.clockSkew());
        times.setClock(clock);
        times.setAllowEmptyExpiryClaim(false);
        JwtTypeValidator types = new JwtTypeValidator("JWT", "at+jwt", "application/at+jwt");
        types.setAllowEmpty(true);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<Jwt>(
                List.of(times, types, new JwtIssuerValidator(properties.issuerUri()), audience())));
        return decoder;
    }

    private OAuth2TokenValidator<Jwt> audience() {
        return token -> {
            List<String> audience = token.getAudience();
            return audience != null && audience.stream().anyMatch(properties.audience()::contains)
                    ? OAuth2TokenValidatorResult.success()
                    : OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", "audience", null));
        };
    }
}

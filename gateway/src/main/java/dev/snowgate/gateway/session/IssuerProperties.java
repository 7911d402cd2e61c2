package dev.snowgate.gateway.session;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One OpenID Connect issuer whose tokens open sessions.
 *
 * @param alias short name for the recording
 * @param issuerUri value of {@code iss}, compared exactly
 * @param jwkSetUri where its public keys are; fetched when first needed
 * @param audience accepted values of {@code aud}; one must be in the token
 * @param algorithms accepted signature algorithms; only asymmetric ones can be listed
 * @param agentClaim paths to the agent's name, the first that the token has counts
 * @param groupsClaim path to the groups: a list, or one text separated by blanks or commas
 * @param personClaim paths to the person behind the agent, the first that the token has counts; a value that is the agent's own
 *     name is not a person
 * @param clockSkew by how much clocks may differ
 * @param strict renewals need that the token that opened the session is still unexpired
 */
public record IssuerProperties(
        String alias,
        String issuerUri,
        URI jwkSetUri,
        List<String> audience,
        @DefaultValue("RS256") List<String> algorithms,
        @DefaultValue({"azp", "client_id", "sub"}) List<String> agentClaim,
        @DefaultValue("groups") String groupsClaim,
        @DefaultValue({"email", "act.email", "act.sub"}) List<String> personClaim,
        @DefaultValue("30s") Duration clockSkew,
        @DefaultValue("false") boolean strict) {
    /** Everything that proves possession of a private key: none and the HS family can never be configured. */
    private static final Set<String> ASYMMETRIC =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    public IssuerProperties {
        Settings.require(alias, "snowgate.issuers[].alias");
        Settings.require(issuerUri, "snowgate.issuers[].issuer-uri");
        requireUri(jwkSetUri);
        audience = List.copyOf(requireSome(audience, "audience"));
        algorithms = List.copyOf(requireSome(algorithms, "algorithms"));
        agentClaim = List.copyOf(requireSome(agentClaim, "agent-claim"));
        personClaim = List.copyOf(personClaim);
        Settings.within(clockSkew, Duration.ZERO, Duration.ofMinutes(5), "snowgate.issuers[].clock-skew");
        for (String algorithm : algorithms) {
            if (!ASYMMETRIC.contains(algorithm)) {
                throw new IllegalArgumentException(
                        "'snowgate.issuers[].algorithms' holds " + algorithm + "; accepted are " + ASYMMETRIC);
            }
        }
    }

    private static void requireUri(@Nullable URI uri) {
        if (uri == null
                || uri.getHost() == null
                || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw new IllegalArgumentException("'snowgate.issuers[].jwk-set-uri' must be an http or https address");
        }
    }

    private static List<String> requireSome(@Nullable List<String> values, String key) {
        if (values == null || values.isEmpty()) {
            throw new IllegalArgumentException("'snowgate.issuers[]." + key + "' is missing");
        }
        return values;
    }
}

package dev.snowgate.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.model.agent.PersonId;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IdentityTokensIT {
    private static TestIssuer issuer;
    private static TestIssuer other;
    private static IdentityTokens tokens;

    @BeforeAll
    static void start() {
        issuer = new TestIssuer("corp");
        other = new TestIssuer("other");
        tokens = new IdentityTokens(TestAgents.with(issuer.properties(), other.properties()), Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        issuer.close();
        other.close();
    }

    @Test
    void a_good_token_says_who_acts_for_whom() {
        // When
        Identity identity = verify(tokens, issuer.token());

        // Then
        assertThat(identity.principal().agent().value()).isEqualTo("copilot");
        assertThat(identity.principal().issuer()).isEqualTo("corp");
        assertThat(identity.principal().groups()).containsExactly("support");
        assertThat(identity.principal().person()).contains(new PersonId("corp", "anna@example.com"));
        assertThat(identity.principal().owners()).isEmpty();
    }

    @Test
    void an_agent_without_a_person_has_its_owners() {
        // When
        Identity identity = verify(
                tokens, issuer.token(claims -> claims.claim("email", null).subject("copilot")));

        // Then
        assertThat(identity.principal().person()).isEmpty();
        assertThat(identity.principal().owners()).containsExactly(new PersonId("corp", "bob@example.com"));
    }

    @Test
    void an_actor_that_is_the_agent_itself_is_not_a_person() {
        Identity identity = verify(
                tokens, issuer.token(claims -> claims.claim("email", null).claim("act", Map.of("sub", "copilot"))));

        assertThat(identity.principal().person()).isEmpty();
    }

    @Test
    void a_delegated_person_is_read_from_a_nested_claim() {
        Identity identity = verify(
                tokens, issuer.token(claims -> claims.claim("email", null).claim("act", Map.of("sub", "CARLA"))));

        assertThat(identity.principal().person()).contains(new PersonId("corp", "carla"));
    }

    @Test
    void a_token_of_type_at_jwt_is_accepted() {
        String token = issuer.sign(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID(issuer.key().getKeyID())
                        .build(),
                issuer.claims().build());

        assertThat(verify(tokens, token).principal().agent().value()).isEqualTo("copilot");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void a_bad_token_is_refused_and_never_quoted(String name, String token, String reason) {
        assertThatThrownBy(() -> verify(tokens, token)).isInstanceOfSatisfying(GatewayException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(GatewayErrorCode.AUTHENTICATION_FAILED);
            assertThat(refusal.getMessage()).contains(reason);
            if (token.length() > 20) {
                assertThat(refusal.getMessage()).doesNotContain(token.substring(token.length() - 20));
            }
        });
    }

    static Stream<Arguments> badTokens() {
        String good = issuer.token();
        String[] parts = good.split("\\.");
        Instant now = Instant.now();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(issuer.key().getKeyID())
                .build();
        JWTClaimsSet claims = issuer.claims().build();
        return Stream.of(
                Arguments.of("nothing", "", "three parts"),
                Arguments.of("not a token", "hello", "three parts"),
                Arguments.of("algorithm none", new PlainJWT(claims).serialize(), "not a signed token"),
                Arguments.of(
                        "algorithm not listed",
                        issuer.sign(
                                new JWSHeader.Builder(JWSAlgorithm.RS512)
                                        .keyID(issuer.key().getKeyID())
                                        .build(),
                                claims),
                        "algorithm is not accepted"),
                Arguments.of(
                        "HS256 with the public key",
                        issuer.signedWithThePublicKeyAsSecret(),
                        "algorithm is not accepted"),
                Arguments.of(
                        "unknown issuer", issuer.token(c -> c.issuer("https://evil.example")), "issuer is not trusted"),
                Arguments.of("no issuer", issuer.token(c -> c.issuer(null)), "issuer is not trusted"),
                Arguments.of(
                        "another issuer's name", issuer.token(c -> c.issuer(other.uri())), "signature does not verify"),
                Arguments.of("another audience", issuer.token(c -> c.audience("elsewhere")), "another audience"),
                Arguments.of("no audience", issuer.token(c -> c.audience((String) null)), "another audience"),
                Arguments.of(
                        "expired",
                        issuer.token(c -> c.issueTime(Date.from(now.minus(Duration.ofHours(2))))
                                .expirationTime(Date.from(now.minus(Duration.ofMinutes(2))))),
                        "has expired"),
                Arguments.of("never expires", issuer.token(c -> c.expirationTime(null)), "refused"),
                Arguments.of(
                        "not yet valid",
                        issuer.token(c -> c.notBeforeTime(Date.from(now.plus(Duration.ofMinutes(5))))),
                        "not yet valid"),
                Arguments.of(
                        "kid of another issuer",
                        issuer.sign(
                                new JWSHeader.Builder(JWSAlgorithm.RS256)
                                        .keyID(other.key().getKeyID())
                                        .build(),
                                claims),
                        "signature does not verify"),
                Arguments.of("signed by another issuer's key", other.sign(header, claims), "signature does not verify"),
                Arguments.of("an extra part", good + "." + parts[2], "three parts"),
                Arguments.of("a missing part", parts[0] + "." + parts[1], "three parts"),
                Arguments.of("an empty signature", parts[0] + "." + parts[1] + ".", "refused"),
                Arguments.of(
                        "another payload",
                        parts[0] + "." + other.token().split("\\.")[1] + "." + parts[2],
                        "signature"),
                Arguments.of("64 KB", issuer.token(c -> c.claim("pad", "x".repeat(64 * 1024))), "longer than 16 KB"),
                Arguments.of("agent not registered", issuer.token(c -> c.claim("azp", "stranger")), "not registered"),
                Arguments.of("unverified e-mail", issuer.token(c -> c.claim("email_verified", false)), "not verified"),
                Arguments.of(
                        "too many groups",
                        issuer.token(c -> c.claim(
                                "groups",
                                Stream.iterate(0, i -> i + 1)
                                        .limit(501)
                                        .map(i -> "g" + i)
                                        .toList())),
                        "more than 500 groups"));
    }

    @Test
    void an_unreachable_identity_provider_lets_nobody_in() {
        // Given
        IssuerProperties dead = new IssuerProperties(
                "corp",
                issuer.uri(),
                URI.create("http://127.0.0.1:1/jwks"),
                List.of("snowgate"),
                List.of("RS256"),
                List.of("azp"),
                "groups",
                List.of("email"),
                Duration.ofSeconds(30),
                false);
        IdentityTokens unreachable = new IdentityTokens(TestAgents.with(dead), Clock.systemUTC());

        // Then
        assertThatThrownBy(() -> verify(unreachable, issuer.token()))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("identity provider is unreachable");
    }

    @Test
    void unknown_key_ids_do_not_flood_the_identity_provider() {
        // Given
        TestIssuer busy = new TestIssuer("busy");
        IdentityTokens fresh = new IdentityTokens(TestAgents.with(busy.properties()), Clock.systemUTC());
        JWSHeader unknown =
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("nobody").build();

        // When
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(
                            () -> verify(fresh, busy.sign(unknown, busy.claims().build())))
                    .isInstanceOf(GatewayException.class);
        }

        // Then
        assertThat(busy.fetches()).isLessThanOrEqualTo(2);
        busy.close();
    }

    private static Identity verify(IdentityTokens tokens, String token) {
        Identity identity = tokens.verify(token).block(Duration.ofSeconds(10));
        assertThat(identity).isNotNull();
        return identity;
    }
}

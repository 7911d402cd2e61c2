package dev.snowgate.gateway.session;

import com.nimbusds.jwt.SignedJWT;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.model.agent.AgentId;
import dev.snowgate.model.agent.PersonId;
import dev.snowgate.model.agent.Principal;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import reactor.core.publisher.Mono;

/**
 * Tokens of identity providers: verified, and turned into who acts. The issuer is looked up by the token's own word among
 * those configured; that word counts only after its keys have verified the signature.
 */
final class IdentityTokens {
    /** No provider's token is longer; anything that is costs us no parsing. */
    static final int MOST_CHARACTERS = 16 * 1024;

    private final Map<String, TrustedIssuer> issuers = new HashMap<>();
    private final IdentityProperties properties;
    private final Clock clock;

    IdentityTokens(IdentityProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
        for (IssuerProperties issuer : properties.issuers()) {
            issuers.put(issuer.issuerUri(), new TrustedIssuer(issuer, clock));
        }
    }

    /** Who the token says acts, or {@code AUTHENTICATION_FAILED}; never empty. */
    Mono<Identity> verify(String token) {
        return Mono.defer(() -> verified(token))
                .onErrorMap(fault -> !(fault instanceof GatewayException), IdentityTokens::refusal)
                .switchIfEmpty(Mono.error(() -> TokenRefusal.because("it was not verified")));
    }

    private Mono<Identity> verified(String token) {
        SignedJWT parsed = parse(token);
        TrustedIssuer issuer = issuerOf(parsed);
        return issuer.verify(parsed, token).map(jwt -> identity(jwt, issuer.properties()));
    }

    private static SignedJWT parse(String token) {
        if (token.length() > MOST_CHARACTERS) {
            throw TokenRefusal.because("it is longer than 16 KB");
        }
        if (token.chars().filter(c -> c == '.').count() != 2) {
            throw TokenRefusal.because("it does not have the three parts of a signed token");
        }
        try {
            return SignedJWT.parse(token);
        } catch (ParseException | IllegalArgumentException e) {
            throw TokenRefusal.because("it is not a signed token");
        }
    }

    private TrustedIssuer issuerOf(SignedJWT parsed) {
        try {
            String claimed = parsed.getJWTClaimsSet().getIssuer();
            TrustedIssuer issuer = claimed == null ? null : issuers.get(claimed);
            if (issuer == null) {
                throw TokenRefusal.because("its issuer is not trusted here");
            }
            return issuer;
        } catch (ParseException e) {
            throw TokenRefusal.because("its claims cannot be read");
        }
    }

    private Identity identity(Jwt jwt, IssuerProperties issuer) {
        TokenClaims claims = new TokenClaims(jwt.getClaims());
        String agent =
                claims.firstText(issuer.agentClaim()).orElseThrow(() -> TokenRefusal.because("it names no agent"));
        AgentRegistration registration = properties
                .agent(agent)
                .orElseThrow(() -> TokenRefusal.because("the agent that it names is not registered"));
        Optional<PersonId> person = person(claims, issuer, agent);
        Set<PersonId> owners = person.isPresent() ? Set.of() : owners(registration, issuer);
        Principal principal =
                new Principal(new AgentId(agent), issuer.alias(), claims.groups(issuer.groupsClaim()), person, owners);
        Instant expiresAt = Optional.ofNullable(jwt.getExpiresAt()).orElseGet(clock::instant);
        return new Identity(principal, registration, expiresAt);
    }

    private static Optional<PersonId> person(TokenClaims claims, IssuerProperties issuer, String agent) {
        for (String path : issuer.personClaim()) {
            Optional<String> value = claims.text(path).filter(claim -> !claim.equals(agent));
            if (value.isPresent()) {
                if (path.equals("email") && claims.emailIsUnverified()) {
                    throw TokenRefusal.because("the e-mail address in it is not verified");
                }
                return value.map(claim -> new PersonId(issuer.alias(), claim.toLowerCase(Locale.ROOT)));
            }
        }
        return Optional.empty();
    }

    private static Set<PersonId> owners(AgentRegistration registration, IssuerProperties issuer) {
        return registration.owners().stream()
                .map(owner -> new PersonId(issuer.alias(), owner))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Says in our words what the validator found; its own words may quote the token. */
    private static GatewayException refusal(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof GatewayException ours) {
                return ours;
            }
        }
        String told = fault.getMessage() == null ? "" : fault.getMessage().toLowerCase(Locale.ROOT);
        if (fault instanceof JwtValidationException) {
            return TokenRefusal.because(reason(told), fault);
        }
        return TokenRefusal.because("its signature does not verify with the issuer's keys", fault);
    }

    private static String reason(String told) {
        if (told.contains("expired")) {
            return "it has expired";
        }
        if (told.contains("used before")) {
            return "it is not yet valid";
        }
        if (told.contains("audience")) {
            return "it was issued for another audience";
        }
        return told.contains("exp") ? "it never expires" : "one of its claims is not accepted";
    }
}

package dev.snowgate.demo.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.configuration.WebSecurityCustomizer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/** People, clients, key and claims of the development identity provider. */
@Configuration(proxyBeanMethods = false)
class IdentityConfiguration {
    private static final String CONSOLE = "console";

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    /** The launcher asks for it without a log-in. */
    @Bean
    WebSecurityCustomizer healthIsOpen() {
        return web -> web.ignoring().requestMatchers("/actuator/health");
    }

    @Bean
    UserDetailsService people(IdentityProperties properties, PasswordEncoder encoder) {
        return new InMemoryUserDetailsManager(properties.people().stream()
                .map(person -> User.withUsername(person.email())
                        .password(encoder.encode(person.password()))
                        .authorities("person")
                        .build())
                .toList());
    }

    @Bean
    RegisteredClientRepository clients(IdentityProperties properties, PasswordEncoder encoder) {
        Stream<RegisteredClient> agents = properties.agents().stream().map(agent -> agent(agent, properties, encoder));
        return new InMemoryRegisteredClientRepository(
                Stream.concat(agents, Stream.of(console(properties, encoder))).toList());
    }

    @Bean
    JWKSource<SecurityContext> keys(IdentityProperties properties) {
        return new ImmutableJWKSet<>(new JWKSet(SigningKey.loadOrCreate(Path.of(properties.keyFile()))));
    }

    @Bean
    AuthorizationServerSettings settings(IdentityProperties properties) {
        return AuthorizationServerSettings.builder().issuer(properties.issuer()).build();
    }

    /** Groups, e-mail and audience: what the gateway and the console read. */
    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> claims(IdentityProperties properties) {
        Map<String, IdentityProperties.Agent> agents = properties.agents().stream()
                .collect(Collectors.toMap(IdentityProperties.Agent::id, Function.identity()));
        Map<String, IdentityProperties.Person> people = properties.people().stream()
                .collect(Collectors.toMap(IdentityProperties.Person::email, Function.identity()));
        return context -> {
            IdentityProperties.Agent agent =
                    agents.get(context.getRegisteredClient().getClientId());
            IdentityProperties.Person person = people.get(name(context.getPrincipal()));
            if (agent != null) {
                agentClaims(context, agent, properties.audience());
            } else if (person != null) {
                context.getClaims()
                        .claim("groups", person.groups())
                        .claim("email", person.email())
                        .claim("email_verified", true)
                        .claim("name", person.name());
            }
        };
    }

    private static String name(@Nullable Authentication principal) {
        return principal == null ? "" : principal.getName();
    }

    private static void agentClaims(JwtEncodingContext context, IdentityProperties.Agent agent, String audience) {
        context.getClaims().audience(List.of(audience)).claim("azp", agent.id()).claim("groups", agent.groups());
        if (!agent.person().isEmpty()) {
            context.getClaims().claim("act_for", Map.of("email", agent.person()));
        }
    }

    private static RegisteredClient agent(
            IdentityProperties.Agent agent, IdentityProperties properties, PasswordEncoder encoder) {
        return RegisteredClient.withId(
                        UUID.nameUUIDFromBytes(agent.id().getBytes(UTF_8)).toString())
                .clientId(agent.id())
                .clientSecret(encoder.encode(agent.secret()))
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(properties.agentTokenLife())
                        .build())
                .build();
    }

    private static RegisteredClient console(IdentityProperties properties, PasswordEncoder encoder) {
        return RegisteredClient.withId(CONSOLE)
                .clientId(CONSOLE)
                .clientSecret(encoder.encode(properties.consoleSecret()))
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri(properties.consoleUrl() + "/login/oauth2/code/console")
                .postLogoutRedirectUri(properties.consoleUrl() + "/")
                .scope(OidcScopes.OPENID)
                .scope(OidcScopes.PROFILE)
                .scope(OidcScopes.EMAIL)
                .clientSettings(ClientSettings.builder()
                        .requireProofKey(true)
                        .requireAuthorizationConsent(false)
                        .build())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(Duration.ofHours(8))
                        .build())
                .build();
    }
}

package dev.snowgate.console.security;

import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;

/** The web's locks: log-in with the identity provider for pages, bearer tokens for the reviewers' API. */
@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity
@EnableConfigurationProperties(SecurityProperties.class)
class ConsoleSecurity {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication
    static class Web {
        /** Pages load from here only, and nobody frames them. Vaadin's own start needs inline script and evaluation. */
        private static final String POLICY = "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval';"
                + " style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; object-src 'none';"
                + " base-uri 'self'; frame-ancestors 'none'";

        /** Without a decoder (no issuer configured for bearer tokens) the API answers nobody. */
        @Bean
        @Order(1)
        SecurityFilterChain reviewersApiChain(HttpSecurity http, People people, ObjectProvider<JwtDecoder> decoders)
                throws Exception {
            JwtDecoder decoder = decoders.getIfAvailable();
            http.securityMatcher("/api/**")
                    .csrf(csrf -> csrf.disable())
                    .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
            if (decoder == null) {
                return http.authorizeHttpRequests(
                                requests -> requests.anyRequest().denyAll())
                        .exceptionHandling(errors ->
                                errors.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED)))
                        .build();
            }
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .oauth2ResourceServer(server -> server.jwt(
                            jwt -> jwt.decoder(decoder).jwtAuthenticationConverter(token -> bearer(people, token))))
                    .build();
        }

        @Bean
        @Order(2)
        SecurityFilterChain probesChain(HttpSecurity http) throws Exception {
            return http.securityMatcher("/actuator/health/**", "/actuator/health")
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .csrf(csrf -> csrf.disable())
                    .build();
        }

        @Bean
        @Order(10)
        SecurityFilterChain pagesChain(HttpSecurity http, People people, SecurityProperties properties)
                throws Exception {
            http.authorizeHttpRequests(requests -> requests.requestMatchers(
                            "/console.css", "/js/**", "/fonts/**", "/favicon.svg", "/favicon.ico", LoggedOut.PAGE)
                    .permitAll());
            http.headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                    .referrerPolicy(
                            referrer -> referrer.policy(ReferrerPolicyHeaderWriter.ReferrerPolicy.SAME_ORIGIN)));
            http.oauth2Login(login -> login.userInfoEndpoint(info -> info.oidcUserService(users(people))));
            http.with(
                    VaadinSecurityConfigurer.vaadin(),
                    vaadin -> vaadin.oauth2LoginPage(
                                    "/oauth2/authorization/" + properties.registration(), LoggedOut.PAGE)
                            .logoutSuccessHandler(new LoggedOut(properties.endSessionUri())));
            return http.build();
        }

        private static OAuth2UserService<OidcUserRequest, OidcUser> users(People people) {
            OidcUserService standard = new OidcUserService();
            return request -> withRoles(people, standard.loadUser(request));
        }

        private static OidcUser withRoles(People people, OidcUser user) {
            try {
                Person person = people.fromClaims(user.getClaims());
                return new DefaultOidcUser(People.authorities(person), user.getIdToken(), user.getUserInfo());
            } catch (IllegalArgumentException nobody) {
                throw new OAuth2AuthenticationException(new OAuth2Error("unknown_person", nobody.getMessage(), null));
            }
        }

        private static AbstractAuthenticationToken bearer(People people, Jwt token) {
            try {
                return new PersonAuthentication(people.fromClaims(token.getClaims()));
            } catch (IllegalArgumentException nobody) {
                throw new BadCredentialsException("the token names no person");
            }
        }
    }
}

package dev.snowgate.gateway.edge;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;

/**
 * Spring Security guards our own endpoints. On Snowflake's paths it lets everything through: who is on the line is found by the
 * filter in which each route ends, in each dialect's own way, and the last route refuses.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecurityConfiguration {
    @Bean
    SecurityWebFilterChain edgeSecurity(ServerHttpSecurity http) {
        return http.authorizeExchange(
                        paths -> paths.pathMatchers("/actuator/health", "/actuator/health/**", "/actuator/prometheus")
                                .permitAll()
                                .pathMatchers("/actuator", "/actuator/**")
                                .denyAll()
                                .anyExchange()
                                .permitAll())
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .cors(ServerHttpSecurity.CorsSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .build();
    }

    /** Requests that Spring Security's firewall stops (a doubled slash, a semicolon) are answered like any other refusal. */
    @Bean
    ServerExchangeRejectedHandler rejectedByFirewall(Refusals refusals) {
        return (exchange, rejected) -> refusals.refuse(exchange, Faults.ofStatus(400));
    }
}

package dev.snowgate.gateway.edge;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Every path that is served, in the order in which it is tried; the last route refuses. */
@Configuration(proxyBeanMethods = false)
class SnowflakeRoutes {
    /** Where a route would forward to if its filter did not answer: a name that resolves nowhere. */
    private static final String NOWHERE = "http://nowhere.invalid";

    @Bean
    RouteLocator snowflakeRouteTable(
            RouteLocatorBuilder builder,
            StatementFilter statement,
            RefusingFilter refuse,
            @Qualifier("resultChunkFilter") ObjectProvider<GatewayFilter> resultChunkFilter) {
        GatewayFilter chunk = resultChunkFilter.getIfAvailable(() -> refuse);
        return builder.routes()
                // The drivers' protocol
                .route(
                        "login",
                        r -> r.method(HttpMethod.POST)
                                .and()
                                .path("/session/v1/login-request")
                                .filters(f -> f.filter(statement))
                                .uri(NOWHERE))
                .route(
                        "token-renewal",
                        r -> r.method(HttpMethod.POST)
                                .and()
                                .path("/session/token-request")
                                .filters(f -> f.filter(statement))
                                .uri(NOWHERE))
                .route(
                        "heartbeat",
                        r -> r.method(HttpMethod.POST)
                                .and()
                                .path("/session/heartbeat")
                                .filters(f -> f.filter(statement))
                                .uri(NOWHERE))
                .route(
                        "logout",
                        r -> r.method(HttpMethod.POST)
                                .and()
                                .path("/session")
                                .filters(f -> f.filter(statement))
                                .uri(NOWHERE))
                .route(
                        "statement",
                        r -> r.method(HttpMethod.POST)
                                .and()
                                .path("/queries/v1/query-request")
                                .filters(f -> f.filter(statement))
                                .uri(NOWHERE))
                .route(
                        "result-poll",
                        r -> r.method(HttpMethod.GET)
                                .and()
                                .path("/queries/{id}/result")
                                .filters(f -> f.filter(statement))
                                .uri(NOWHERE))
                .route(
                        "cancel",
                        r -> r.method(HttpMethod.POST)
                                .and()
                                .path("/queries/v1/abort-request", "/queries/{id}/abort-request")
                                .filters(f -> f.filter(statement))
                                .uri(NOWHERE))
                .route(
                        "query-status",
                        r -> r.method(HttpMethod.GET)
                                .and()
                                .path("/monitoring/queries/{id}")
                                .filters(f -> f.filter(statement))
                                .uri(NOWHERE))
                .route(
                        "telemetry",
                        r -> r.method(HttpMethod.POST)
                                .and()
                                .path("/telemetry/send", "/telemetry/send/sessionless")
                                .filters(f -> f.filter(statement))
                                .uri(NOWHERE))
                // The SQL API
                .route(
                        "sql-api-statement",
                        r -> r.method(HttpMethod.POST)
                                .and()
                                .path("/api/v2/statements", "/api/v2/statements/")
                                .filters(f -> f.filter(statement))
                                .uri(NOWHERE))
                .route(
                        "sql-api-result",
                        r -> r.method(HttpMethod.GET)
                                .and()
                                .path("/api/v2/statements/{handle}")
                                .filters(f -> f.filter(statement))
                                .uri(NOWHERE))
                .route(
                        "sql-api-cancel",
                        r -> r.method(HttpMethod.POST)
                                .and()
                                .path("/api/v2/statements/{handle}/cancel")
                                .filters(f -> f.filter(statement))
                                .uri(NOWHERE))
                // The one exchange that is forwarded: its filter finds the storage by the capability in the path
                .route(
                        "result-chunk",
                        r -> r.method(HttpMethod.GET)
                                .and()
                                .path("/snowgate/chunks/**")
                                .filters(f -> f.filter(chunk))
                                .uri(NOWHERE))
                // Everything else
                .route(
                        "refused",
                        r -> r.path("/**").filters(f -> f.filter(refuse)).uri(NOWHERE))
                .build();
    }
}

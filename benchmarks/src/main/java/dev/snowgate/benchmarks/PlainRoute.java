package dev.snowgate.benchmarks;

import java.net.URI;
import java.util.Objects;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;

/** Spring Cloud Gateway with one route that forwards everything: what the edge alone costs. */
final class PlainRoute implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private PlainRoute(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static PlainRoute to(URI target) {
        return new PlainRoute(new SpringApplicationBuilder(Routes.class)
                .web(WebApplicationType.REACTIVE)
                .run("--server.port=0", "--server.address=127.0.0.1", "--benchmark.target=" + target));
    }

    URI url() {
        int port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Routes {
        @Bean
        RouteLocator everything(RouteLocatorBuilder builder, Environment environment) {
            return builder.routes()
                    .route("everything", r -> r.path("/**").uri(environment.getRequiredProperty("benchmark.target")))
                    .build();
        }

        @Bean
        SecurityWebFilterChain open(ServerHttpSecurity http) {
            return http.csrf(csrf -> csrf.disable())
                    .authorizeExchange(exchanges -> exchanges.anyExchange().permitAll())
                    .build();
        }
    }
}

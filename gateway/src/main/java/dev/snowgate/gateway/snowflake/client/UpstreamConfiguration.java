package dev.snowgate.gateway.snowflake.client;

import dev.snowgate.gateway.session.IdentityProperties;
import dev.snowgate.gateway.session.Sessions;
import dev.snowgate.gateway.session.UpstreamTokenVault;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the client together; keys are read here, so that a missing one ends the start. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({UpstreamProperties.class, CatalogAccessProperties.class})
public class UpstreamConfiguration {
    @Bean
    UpstreamHttp upstreamHttp(UpstreamProperties properties, CircuitBreakerRegistry circuits) {
        return new UpstreamHttp(properties, circuits);
    }

    @Bean
    UpstreamCredentials upstreamCredentials(UpstreamProperties properties, IdentityProperties identities, Clock clock) {
        return new UpstreamCredentials(properties, identities, clock);
    }

    @Bean
    DriverSessions upstreamSessions(UpstreamHttp http, UpstreamTokenVault vault, UpstreamCredentials credentials) {
        return new DriverSessions(http, vault, credentials);
    }

    @Bean
    UpstreamClient upstreamClient(
            UpstreamHttp http,
            DriverSessions upstreamSessions,
            UpstreamCredentials credentials,
            Sessions sessions,
            Clock clock) {
        return new UpstreamClient(
                new DriverUpstream(http, upstreamSessions, clock),
                new SqlApiUpstream(http, credentials),
                sessions::lost);
    }

    @Bean
    StorageClient storageClient(UpstreamProperties properties, CircuitBreakerRegistry circuits) {
        return new StorageClient(properties, circuits);
    }

    @Bean
    CatalogLookup catalogLookup(
            UpstreamHttp http,
            UpstreamProperties upstream,
            IdentityProperties identities,
            CatalogAccessProperties access,
            Clock clock) {
        return new CatalogLookup(queries(http, upstream, identities, access, clock), access, clock);
    }

    private static @org.jspecify.annotations.Nullable CatalogQueries queries(
            UpstreamHttp http,
            UpstreamProperties upstream,
            IdentityProperties identities,
            CatalogAccessProperties access,
            Clock clock) {
        String user = access.user();
        if (user == null || !access.enabled()) {
            return null;
        }
        PrivateKeyFile key = PrivateKeyFile.read(
                UpstreamCredentials.keyFile(access.privateKeyFile(), upstream, "'snowgate.catalog.access'"));
        return new CatalogQueries(
                http, new KeyPairCredential(key, upstream.accountOr(identities.account()), user, clock), access);
    }
}

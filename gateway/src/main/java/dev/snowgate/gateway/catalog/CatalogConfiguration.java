package dev.snowgate.gateway.catalog;

import dev.snowgate.gateway.recording.DatabaseStore;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The current catalog. */
@Configuration(proxyBeanMethods = false)
public class CatalogConfiguration {
    @Bean
    CurrentCatalog currentCatalog(
            DatabaseStore database, ObjectLookup lookup, CatalogProperties properties, Clock clock) {
        return new CurrentCatalog(new CatalogStore(database), lookup, properties, clock);
    }
}

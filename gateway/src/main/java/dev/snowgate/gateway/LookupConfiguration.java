package dev.snowgate.gateway;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.gateway.catalog.ObjectLookup;
import dev.snowgate.gateway.snowflake.client.CatalogLookup;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** The catalog asks Snowflake through its client; neither knows the other. */
@Configuration(proxyBeanMethods = false)
class LookupConfiguration {
    @Bean
    ObjectLookup objectLookup(CatalogLookup lookup) {
        return new ObjectLookup() {
            @Override
            public Mono<Optional<CatalogObject>> find(ObjectName name) {
                return lookup.find(name);
            }

            @Override
            public Mono<List<CatalogObject>> routines(ObjectName called) {
                return lookup.routines(called);
            }
        };
    }
}

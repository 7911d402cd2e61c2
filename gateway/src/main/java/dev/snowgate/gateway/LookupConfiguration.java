package dev.snowgate.gateway;

import dev.snowgate.gateway.catalog.ObjectLookup;
import dev.snowgate.gateway.snowflake.client.CatalogLookup;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The catalog asks Snowflake through its client; neither knows the other. */
@Configuration(proxyBeanMethods = false)
class LookupConfiguration {
    @Bean
    ObjectLookup objectLookup(CatalogLookup lookup) {
        return lookup::find;
    }
}

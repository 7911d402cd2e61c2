package dev.snowgate.console;

import dev.snowgate.console.catalog.CatalogProperties;
import dev.snowgate.db.SchemaVersion;
import java.time.Clock;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What no feature owns. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ConsoleProperties.class, CatalogProperties.class})
class ConsoleConfiguration {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** The console never migrates; on another schema it does not work at all. */
    @Bean
    ApplicationRunner schemaCheck(SchemaStore schema) {
        return arguments -> SchemaVersion.require(schema.version());
    }
}

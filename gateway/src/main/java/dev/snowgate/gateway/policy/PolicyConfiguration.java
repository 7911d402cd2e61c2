package dev.snowgate.gateway.policy;

import dev.snowgate.gateway.recording.DatabaseStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The current policy. */
@Configuration(proxyBeanMethods = false)
public class PolicyConfiguration {
    @Bean
    CurrentPolicy currentPolicy(DatabaseStore database) {
        return new CurrentPolicy(new PolicyStore(database));
    }
}

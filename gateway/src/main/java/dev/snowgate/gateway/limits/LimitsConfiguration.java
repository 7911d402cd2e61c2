package dev.snowgate.gateway.limits;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The limits of agents. */
@Configuration(proxyBeanMethods = false)
public class LimitsConfiguration {
    @Bean
    AgentLimits agentLimits(LimitProperties properties) {
        return new AgentLimits(properties);
    }
}

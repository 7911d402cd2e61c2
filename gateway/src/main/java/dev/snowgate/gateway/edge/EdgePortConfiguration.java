package dev.snowgate.gateway.edge;

import dev.snowgate.gateway.limits.AgentLimits;
import dev.snowgate.gateway.pipeline.StatementPipeline;
import dev.snowgate.gateway.session.Authenticator;
import dev.snowgate.gateway.session.Sessions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Ties the edge to the real sessions and the real pipeline; apart, so that the edge can be tested without them. */
@Configuration(proxyBeanMethods = false)
class EdgePortConfiguration {
    @Bean
    SessionPort sessionPort(Authenticator authenticator, Sessions sessions) {
        return new SessionPort.Live(authenticator, sessions);
    }

    @Bean
    StatementPort statementPort(StatementPipeline pipeline, AgentLimits limits) {
        return new StatementPort.Live(pipeline, limits);
    }
}

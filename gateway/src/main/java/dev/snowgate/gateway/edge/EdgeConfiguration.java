package dev.snowgate.gateway.edge;

import dev.snowgate.gateway.snowflake.ResultParts;
import dev.snowgate.gateway.snowflake.driver.DriverDialect;
import dev.snowgate.gateway.snowflake.result.ChunkLane;
import dev.snowgate.gateway.snowflake.result.HeldMemory;
import dev.snowgate.gateway.snowflake.sqlapi.SqlApiDialect;
import dev.snowgate.gateway.statement.Recorder;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.NettyPipeline;

/** Puts the edge together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EdgeProperties.class)
class EdgeConfiguration {
    @Bean
    Dialects dialects(EdgeProperties limits) {
        return new Dialects(List.of(
                DriverDialect.create(limits.maxStatementCharacters()),
                SqlApiDialect.create(limits.maxStatementCharacters())));
    }

    @Bean
    RefusalRecord refusalRecord(Recorder recorder, EdgeProperties limits) {
        return new RefusalRecord(recorder, limits.recordTimeout());
    }

    @Bean
    ReplySender replySender(ObjectProvider<ChunkLane> lane) {
        ChunkLane shared = lane.getIfAvailable();
        return new ReplySender(shared == null ? HeldMemory.ofHeap() : shared.memory());
    }

    @Bean
    Refusals edgeRefusals(Dialects dialects, RefusalRecord record, ReplySender sender) {
        return new Refusals(dialects, record, sender);
    }

    @Bean
    ExchangeHandler exchangeHandler(
            SessionPort sessions, StatementPort statements, ObjectProvider<ResultParts> parts, RefusalRecord record) {
        return new ExchangeHandler(
                sessions,
                new SessionExchanges(sessions, record),
                statements,
                Optional.ofNullable(parts.getIfAvailable()),
                record);
    }

    @Bean
    Draining draining(EdgeProperties limits) {
        return new Draining(limits.drainDelay());
    }

    @Bean
    StatementFilter statementFilter(
            Dialects dialects,
            ExchangeHandler handler,
            Refusals refusals,
            ReplySender sender,
            EdgeProperties limits,
            Draining draining,
            ObjectProvider<Clock> clock) {
        return new StatementFilter(
                dialects, handler, refusals, sender, limits, draining, clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    RefusingFilter refusingFilter(
            StatementFilter statements, Dialects dialects, Refusals refusals, EdgeProperties limits) {
        return new RefusingFilter(statements, dialects, refusals, limits);
    }

    @Bean
    EdgeErrorHandler edgeErrorHandler(Refusals refusals) {
        return new EdgeErrorHandler(refusals);
    }

    @Bean
    MalformedRequestFilter malformedRequestFilter(Refusals refusals, EdgeProperties limits) {
        return new MalformedRequestFilter(refusals, limits);
    }

    /** Between the codec and the server's own handling, which answers some requests without asking anybody. */
    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> malformedHeads() {
        return factory -> factory.addServerCustomizers(server -> server.doOnChannelInit((observer, channel, remote) -> {
            if (channel.pipeline().get(NettyPipeline.HttpTrafficHandler) != null) {
                channel.pipeline()
                        .addBefore(NettyPipeline.HttpTrafficHandler, "snowgate.malformedHeads", new MalformedHeads());
            }
        }));
    }
}

package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.gateway.statement.ChunkVault;
import dev.snowgate.masking.Masks;
import dev.snowgate.sealing.KeyRing;
import java.net.URI;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Masks, chunk capabilities and the bounded schedulers for the work on results. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ResultProperties.class)
public class ResultConfiguration {
    /** Name of the scheduler bean on which replies are masked: small work that statements wait for. */
    public static final String SCHEDULER = "resultScheduler";

    private static final int MOST_WAITING = 10_000;

    @Bean(name = SCHEDULER, destroyMethod = "dispose")
    Scheduler resultScheduler() {
        return Schedulers.newBoundedElastic(
                Math.max(2, Runtime.getRuntime().availableProcessors()), MOST_WAITING, "results");
    }

    /** Where chunks are worked on, apart from the replies: however many are read, statements find their threads free. */
    @Bean(destroyMethod = "close")
    ChunkLane chunkLane(ResultProperties properties) {
        return new ChunkLane(properties.threadsOrHalf(), properties.memoryOrQuarter());
    }

    @Bean
    Masks masks(KeyRing keys) {
        return new Masks(keys.derive("masking"));
    }

    @Bean
    ChunkCapability chunkCapability(KeyRing keys, ResultProperties properties) {
        return new ChunkCapability(keys.derive("chunk-capability"), properties.expiresAfter());
    }

    @Bean
    ChunkAddresses chunkAddresses(
            @Value("${snowgate.public-origin}") URI publicOrigin, ChunkCapability capability, Clock clock) {
        return new ChunkAddresses(publicOrigin, capability, clock);
    }

    @Bean
    ReplyMasker replyMasker(
            Masks masks,
            ChunkVault vault,
            ChunkAddresses addresses,
            OriginWitness witness,
            ChunkLane chunkLane,
            Scheduler resultScheduler) {
        return new ReplyMasker(masks, vault, addresses, witness, chunkLane.memory(), resultScheduler);
    }
}

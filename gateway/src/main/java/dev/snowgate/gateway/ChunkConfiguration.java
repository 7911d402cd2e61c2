package dev.snowgate.gateway;

import dev.snowgate.gateway.catalog.CurrentCatalog;
import dev.snowgate.gateway.edge.EdgeProperties;
import dev.snowgate.gateway.edge.ResultChunkFilter;
import dev.snowgate.gateway.pipeline.Refreshes;
import dev.snowgate.gateway.pipeline.StatementPipeline;
import dev.snowgate.gateway.recording.ChunkStore;
import dev.snowgate.gateway.recording.DatabaseStore;
import dev.snowgate.gateway.recording.KeyStore;
import dev.snowgate.gateway.snowflake.ResultParts;
import dev.snowgate.gateway.snowflake.client.StorageClient;
import dev.snowgate.gateway.snowflake.result.ChunkCapability;
import dev.snowgate.gateway.snowflake.result.ChunkLane;
import dev.snowgate.gateway.snowflake.result.ChunkService;
import dev.snowgate.gateway.snowflake.result.OriginWitness;
import dev.snowgate.gateway.snowflake.result.PartitionService;
import dev.snowgate.gateway.snowflake.result.ResultProperties;
import dev.snowgate.gateway.statement.ChunkVault;
import dev.snowgate.gateway.statement.Recorder;
import dev.snowgate.masking.Masks;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the way of a chunk together: edge, result, storage and the ledger's addresses. */
@Configuration(proxyBeanMethods = false)
class ChunkConfiguration {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    ChunkStore chunkStore(DatabaseStore database, KeyStore keys) {
        return new ChunkStore(database, keys);
    }

    @Bean
    OriginWitness originWitness(CurrentCatalog catalog) {
        return new OriginWitness(catalog::snapshot);
    }

    @Bean
    ChunkService chunkService(
            ChunkCapability capability,
            ChunkVault vault,
            StorageClient storage,
            Recorder recorder,
            Masks masks,
            ResultProperties properties,
            Refreshes refreshes,
            ChunkLane chunkLane,
            Clock clock) {
        return new ChunkService(
                capability, vault, storage, recorder, masks, properties::towards, refreshes::refresh, chunkLane, clock);
    }

    @Bean
    PartitionService partitionService(Masks masks, Recorder recorder, ChunkLane chunkLane) {
        return new PartitionService(masks, recorder, chunkLane);
    }

    /** Parts that are asked for by number go the way of the statement. */
    @Bean
    ResultParts resultParts(StatementPipeline pipeline) {
        return pipeline::part;
    }

    @Bean
    ResultChunkFilter resultChunkFilter(ChunkService chunks, Recorder recorder, EdgeProperties edge) {
        return new ResultChunkFilter(chunks, recorder, edge.proxies());
    }
}

package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.model.network.Addresses;
import dev.snowgate.model.network.Network;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Chunks of results: prefix {@code snowgate.chunk}.
 *
 * @param compression of chunks that are masked, towards clients that take gzip
 * @param nearNetworks addresses or blocks of clients whose way to the gateway is short: they get masked chunks without compression
 * @param expiresAfter how long a chunk's address is good; Snowflake's own are good for about six hours
 * @param threads threads that inflate, mask and compress chunks; 0 means half of the processors, so that statements always
 *     find one
 * @param memory most memory that rows and batches, which are held until they are whole, and their masked copies may take together; 0 means a
 *     quarter of the heap
 */
@ConfigurationProperties("snowgate.chunk")
public record ResultProperties(
        @DefaultValue("6h") Duration expiresAfter,
        @DefaultValue("FAST") Compression compression,
        @DefaultValue({}) List<String> nearNetworks,
        @DefaultValue("0") int threads,
        @DefaultValue("0B") DataSize memory) {
    /** How much work is put into fewer bytes. */
    public enum Compression {
        /** None: the least work, for clients in the same network. */
        IDENTITY,
        /** Gzip level 1. */
        FAST
    }

    public ResultProperties {
        nearNetworks = List.copyOf(nearNetworks);
        if (!nearNetworks.stream().allMatch(block -> Network.parse(block).isPresent())) {
            throw new IllegalArgumentException(
                    "'snowgate.chunk.near-networks' must be addresses or blocks such as 10.1.0.0/16");
        }
        if (threads < 0 || threads > 1024) {
            throw new IllegalArgumentException("'snowgate.chunk.threads' must be between 0 and 1024");
        }
        if (memory.toBytes() != 0 && memory.toBytes() < DataSize.ofMegabytes(1).toBytes()) {
            throw new IllegalArgumentException("'snowgate.chunk.memory' must be 0 or at least 1MB");
        }
        if (expiresAfter.compareTo(Duration.ofMinutes(1)) < 0 || expiresAfter.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException("'snowgate.chunk.expires-after' must be between 1m and 24h");
        }
    }

    /**
     * How masked chunks are compressed towards a client that takes gzip.
     *
     * @param client its address, or another text if that is not known
     */
    public Compression towards(String client) {
        Optional<InetAddress> address = Addresses.parse(client);
        boolean near = nearNetworks.stream()
                .flatMap(block -> Network.parse(block).stream())
                .anyMatch(block -> address.filter(block::contains).isPresent());
        return near ? Compression.IDENTITY : compression;
    }

    HeldMemory memoryOrQuarter() {
        return memory.toBytes() == 0 ? HeldMemory.ofHeap() : new HeldMemory(memory.toBytes());
    }

    int threadsOrHalf() {
        return threads > 0 ? threads : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
}

package dev.snowgate.emulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * How an emulator behaves. Made by {@link #builder()} in tests and bound from the prefix {@code emulator} by the
 * standalone program; the defaults are stated once, here.
 *
 * @param account name of the account, as it appears in key-pair tokens
 * @param pollWait longest wait before an in-progress answer (the "45 seconds")
 * @param inlineBytes size of the first rows that travel in the reply itself
 * @param firstChunkBytes uncompressed size of the first chunk; each next one doubles
 * @param maxChunkBytes uncompressed size at which chunks stop growing
 * @param rowsPerChunk when above 0: exactly this many rows per chunk, whatever their size
 * @param inlineRows when at least 0: at most this many rows inline
 * @param dataDir folder of the DuckDB files; in memory when absent
 * @param logFile file that gets one JSON line per execution
 * @param orders rows of PROD.CRM.ORDERS
 */
public record EmulatorOptions(
        @DefaultValue("SNOWGATE") String account,
        @DefaultValue List<EmulatedUser> users,
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("0") int port,
        @DefaultValue("0") int storagePort,
        @DefaultValue("45s") Duration pollWait,
        @DefaultValue("100000") int inlineBytes,
        @DefaultValue("200000") long firstChunkBytes,
        @DefaultValue("8000000") long maxChunkBytes,
        @DefaultValue("0") long rowsPerChunk,
        @DefaultValue("-1") long inlineRows,
        @DefaultValue("6h") Duration chunkUrlLifetime,
        @DefaultValue("24h") Duration resultLifetime,
        @DefaultValue("1h") Duration sessionTokenLifetime,
        @DefaultValue("4h") Duration masterTokenLifetime,
        @Nullable Path dataDir,
        @Nullable Path logFile,
        @DefaultValue("false") boolean logToConsole,
        @DefaultValue("20000") int customers,
        @DefaultValue("200000") int orders,
        @DefaultValue("10000") int tickets,
        @DefaultValue("2GB") String memoryLimit) {

    public EmulatorOptions {
        users = List.copyOf(users);
    }

    /** The options of an emulator about which nothing was said: no users, so nobody may log in. */
    public static EmulatorOptions defaults() {
        return new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("emulator", EmulatorOptions.class);
    }

    public static EmulatorOptionsBuilder builder() {
        return new EmulatorOptionsBuilder(defaults());
    }

    public EmulatorOptionsBuilder toBuilder() {
        return new EmulatorOptionsBuilder(this);
    }
}

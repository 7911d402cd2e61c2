package dev.snowgate.console.catalog;

import java.util.List;
import java.util.Optional;

/**
 * How the stored catalog stands to Snowflake.
 *
 * @param configured whether this console may read from Snowflake for this account
 * @param running whether some console reads at the moment
 * @param last the last run
 */
public record SyncStatus(boolean configured, boolean running, Optional<SyncRun> last, List<DatabaseSeen> databases) {
    public SyncStatus {
        databases = List.copyOf(databases);
    }
}

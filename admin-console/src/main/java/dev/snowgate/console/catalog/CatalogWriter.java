package dev.snowgate.console.catalog;

import dev.snowgate.catalog.ObjectName;
import dev.snowgate.console.recording.ConsoleEventStore;
import dev.snowgate.model.recording.EventKind;
import dev.snowgate.model.recording.SessionEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes what was read of one database as a whole, in one short transaction in which nobody else is asked anything. */
@Component
class CatalogWriter {
    private final CatalogStore store;
    private final ConsoleEventStore events;
    private final TransactionTemplate transactions;

    CatalogWriter(CatalogStore store, ConsoleEventStore events, TransactionTemplate transactions) {
        this.store = store;
        this.events = events;
        this.transactions = transactions;
    }

    /**
     * Writes it.
     *
     * @param before what a gateway wrote after that version is newer than the reading, and stays
     * @param at when the reading began
     */
    CatalogSync.Outcome write(
            String account,
            long before,
            DatabaseReading reading,
            List<CatalogStore.Written> changed,
            List<ObjectName> gone,
            Instant at) {
        CatalogSync.Outcome outcome =
                transactions.execute(transaction -> inTransaction(account, before, reading, changed, gone, at));
        if (outcome == null) {
            throw new IllegalStateException("the transaction of the catalog gave no answer");
        }
        return outcome;
    }

    private CatalogSync.Outcome inTransaction(
            String account,
            long before,
            DatabaseReading reading,
            List<CatalogStore.Written> changed,
            List<ObjectName> gone,
            Instant at) {
        long version = store.version(account).orElse(0L);
        int written = 0;
        int forgotten = 0;
        if (!changed.isEmpty() || !gone.isEmpty()) {
            version = store.nextVersion(account);
            written = store.save(account, version, before, changed);
            forgotten = store.forget(account, version, before, gone);
            store.announce(account, version);
        }
        store.seen(account, reading, at);
        events.append(SessionEvent.of(
                SessionEvent.CONSOLE,
                EventKind.CATALOG_SYNCED,
                at,
                "console",
                Map.of(
                        "account", account,
                        "database", reading.database(),
                        "version", String.valueOf(version),
                        "objects", String.valueOf(reading.present().size()),
                        "changed", String.valueOf(written),
                        "gone", String.valueOf(forgotten))));
        return new CatalogSync.Outcome(account, version, reading.present().size(), written, forgotten);
    }
}

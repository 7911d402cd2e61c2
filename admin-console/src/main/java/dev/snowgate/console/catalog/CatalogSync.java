package dev.snowgate.console.catalog;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.console.recording.ConsoleEventStore;
import dev.snowgate.model.recording.EventKind;
import dev.snowgate.model.recording.SessionEvent;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings the stored catalog up to what Snowflake has. One instance at a time, under a lock of the database; a reading that
 * fails changes nothing, so the stored catalog only grows old, which the gateway notices by itself.
 */
@Service
public class CatalogSync {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogSync.class);
    private final CatalogProperties properties;
    private final SnowflakeCatalogReader reader;
    private final CatalogStore store;
    private final ConsoleEventStore events;
    private final TransactionTemplate transactions;
    private final Clock clock;

    CatalogSync(
            CatalogProperties properties,
            SnowflakeCatalogReader reader,
            CatalogStore store,
            ConsoleEventStore events,
            TransactionTemplate transactions,
            Clock clock) {
        this.properties = properties;
        this.reader = reader;
        this.store = store;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * What a run did.
     *
     * @param version the catalog's new version, 0 if another instance was at work
     */
    public record Outcome(String account, long version, int objects, int gone) {}

    /**
     * Reads everything once.
     *
     * @throws IllegalStateException with a sentence for operators, if it is not configured or Snowflake does not answer
     */
    public Outcome run() {
        if (!properties.isConfigured() || properties.databases().isEmpty()) {
            throw new IllegalStateException(
                    "snowgate.catalog.url and snowgate.catalog.databases say what to read; they are empty");
        }
        return keep(() -> store(properties.account(), this::read, new HashSet<>(properties.databases())));
    }

    /**
     * Takes the catalog of an account from a YAML file instead of Snowflake: for installations without a way there. What the file
     * does not name of its databases is gone.
     *
     * @throws IllegalStateException with a sentence for operators, if the file cannot be read or is wrong
     */
    public Outcome load(Path file, String account) {
        List<CatalogObject> objects = CatalogFile.read(file, clock.instant());
        Set<String> databases =
                objects.stream().map(object -> object.name().database()).collect(Collectors.toSet());
        return keep(() -> store(account, () -> objects, databases));
    }

    private Outcome keep(Supplier<Outcome> work) {
        Outcome outcome = transactions.execute(transaction -> work.get());
        if (outcome == null) {
            throw new IllegalStateException("the transaction of the catalog gave no answer");
        }
        LOG.atInfo()
                .setMessage("catalog read")
                .addKeyValue("account", outcome.account())
                .addKeyValue("version", outcome.version())
                .addKeyValue("objects", outcome.objects())
                .log();
        return outcome;
    }

    private Outcome store(String account, Supplier<List<CatalogObject>> source, Set<String> databases) {
        if (!store.tryLock(account)) {
            return new Outcome(account, 0, 0, 0);
        }
        List<CatalogObject> objects = source.get();
        long version = store.nextVersion(account);
        objects.forEach(object -> store.save(account, version, object));
        int gone = store.forget(account, version, databases, objects);
        store.announce(account, version);
        events.append(SessionEvent.of(
                SessionEvent.CONSOLE,
                EventKind.CATALOG_SYNCED,
                clock.instant(),
                "console",
                Map.of(
                        "account",
                        account,
                        "version",
                        String.valueOf(version),
                        "objects",
                        String.valueOf(objects.size()),
                        "gone",
                        String.valueOf(gone))));
        return new Outcome(account, version, objects.size(), gone);
    }

    private List<CatalogObject> read() {
        try {
            return reader.read();
        } catch (SQLException fault) {
            // Its message may quote text of the account; the code tells an operator enough.
            throw new IllegalStateException("Snowflake did not give the catalog (error " + fault.getErrorCode()
                    + ", state " + fault.getSQLState() + ")");
        }
    }
}

package dev.snowgate.console.catalog;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.console.recording.ConsoleEventStore;
import dev.snowgate.model.recording.EventKind;
import dev.snowgate.model.recording.SessionEvent;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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
     * @param version the catalog's version, 0 if another instance was at work
     * @param objects how many objects there are
     * @param changed how many of them are new or other than before
     * @param gone how many there are no more
     */
    public record Outcome(String account, long version, int objects, int changed, int gone) {}

    /**
     * Reads once what changed since the last time.
     *
     * @throws IllegalStateException with a sentence for operators, if it is not configured or Snowflake does not answer
     */
    public Outcome run() {
        if (!properties.isConfigured() || properties.databases().isEmpty()) {
            throw new IllegalStateException(
                    "snowgate.catalog.url and snowgate.catalog.databases say what to read; they are empty");
        }
        return keep(() -> store(properties.account(), this::read));
    }

    /**
     * Takes the catalog of an account from a YAML file instead of Snowflake: for installations without a way there. What the file
     * does not name of its databases is gone.
     *
     * @throws IllegalStateException with a sentence for operators, if the file cannot be read or is wrong
     */
    public Outcome load(Path file, String account) {
        List<CatalogObject> objects = CatalogFile.read(file, clock.instant());
        Map<String, List<CatalogObject>> databases = objects.stream()
                .collect(Collectors.groupingBy(object -> object.name().database()));
        return keep(() -> store(
                account,
                () -> databases.entrySet().stream()
                        .map(database -> new DatabaseReading(
                                database.getKey(),
                                database.getValue().stream()
                                        .map(CatalogObject::name)
                                        .collect(Collectors.toSet()),
                                database.getValue()))
                        .toList()));
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
                .addKeyValue("changed", outcome.changed())
                .addKeyValue("gone", outcome.gone())
                .log();
        return outcome;
    }

    private Outcome store(String account, Supplier<List<DatabaseReading>> source) {
        if (!store.tryLock(account)) {
            return new Outcome(account, 0, 0, 0, 0);
        }
        Instant at = clock.instant();
        long before = store.version(account).orElse(0L);
        List<DatabaseReading> readings = source.get();
        List<CatalogObject> changed =
                readings.stream().flatMap(reading -> reading.changed().stream()).toList();
        Set<ObjectName> present = new HashSet<>();
        readings.forEach(reading -> present.addAll(reading.present()));
        List<ObjectName> gone = store.missing(
                account, readings.stream().map(DatabaseReading::database).collect(Collectors.toSet()), present);
        long version;
        if (changed.isEmpty() && gone.isEmpty()) {
            version = before;
        } else {
            version = store.nextVersion(account);
            changed.forEach(object -> store.save(account, version, before, object));
            store.forget(account, version, before, gone);
            store.announce(account, version);
        }
        readings.forEach(reading -> store.seen(account, reading, at));
        events.append(SessionEvent.of(
                SessionEvent.CONSOLE,
                EventKind.CATALOG_SYNCED,
                at,
                "console",
                Map.of(
                        "account",
                        account,
                        "version",
                        String.valueOf(version),
                        "objects",
                        String.valueOf(present.size()),
                        "changed",
                        String.valueOf(changed.size()),
                        "gone",
                        String.valueOf(gone.size()))));
        return new Outcome(account, version, present.size(), changed.size(), gone.size());
    }

    private List<DatabaseReading> read() {
        Map<ObjectName, CatalogObject> stored = store.objects(properties.account()).stream()
                .collect(Collectors.toMap(CatalogObject::name, Function.identity()));
        List<DatabaseReading> readings = ask(stored);
        for (DatabaseReading reading : readings) {
            boolean known =
                    stored.keySet().stream().anyMatch(name -> name.database().equals(reading.database()));
            if (reading.present().isEmpty() && known) {
                // Snowflake shows nothing rather than an error to a user without rights.
                throw new IllegalStateException("Snowflake shows nothing of the database " + reading.database()
                        + " any more. If the user has lost its rights, give them back; if the database is empty, take it out of"
                        + " snowgate.catalog.databases. The stored catalog stays");
            }
        }
        return readings;
    }

    private List<DatabaseReading> ask(Map<ObjectName, CatalogObject> stored) {
        try {
            return reader.read(stored);
        } catch (SQLException fault) {
            // Its message may quote text of the account; the code tells an operator enough.
            throw new IllegalStateException("Snowflake did not give the catalog (error " + fault.getErrorCode()
                    + ", state " + fault.getSQLState() + ")");
        }
    }
}

package dev.snowgate.console.catalog;

import dev.snowgate.catalog.CarriedOver;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectName;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;

/**
 * Brings the stored catalog up to what Snowflake has, one database after the other: Snowflake is read while no transaction is open, and
 * what was read of a database is written as a whole in a short one. A database whose reading fails stays as it was, and only grows
 * old, which the gateway notices by itself; the others are read all the same.
 */
@Service
public class CatalogSync {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogSync.class);
    private final CatalogProperties properties;
    private final CatalogSource source;
    private final SyncLock lock;
    private final CatalogStore store;
    private final CatalogWriter writer;
    private final SyncRunStore runs;
    private final Clock clock;

    CatalogSync(
            CatalogProperties properties,
            CatalogSource source,
            SyncLock lock,
            CatalogStore store,
            CatalogWriter writer,
            SyncRunStore runs,
            Clock clock) {
        this.properties = properties;
        this.source = source;
        this.lock = lock;
        this.store = store;
        this.writer = writer;
        this.runs = runs;
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
    public record Outcome(String account, long version, int objects, int changed, int gone) {
        Outcome and(Outcome next) {
            return new Outcome(account, next.version, objects + next.objects, changed + next.changed, gone + next.gone);
        }

        /** Whether another instance was at work, so that this one did nothing. */
        public boolean elsewhere() {
            return version == 0;
        }
    }

    /**
     * Reads once what changed since the last time.
     *
     * @param by who wants it, for people
     * @throws IllegalStateException with a sentence for operators, if it is not configured or a database could not be read
     */
    public Outcome run(String by) {
        if (!isConfigured()) {
            throw new IllegalStateException(
                    "snowgate.catalog.url and snowgate.catalog.databases say what to read; they are empty");
        }
        return locked(properties.account(), by, properties.databases().size(), this::readAll);
    }

    /** Whether there is a Snowflake to read from. */
    public boolean isConfigured() {
        return properties.isConfigured() && !properties.databases().isEmpty();
    }

    /**
     * Takes the catalog of an account from a YAML file instead of Snowflake: for installations without a way there. What the file
     * does not name of its databases is gone.
     *
     * @throws IllegalStateException with a sentence for operators, if the file cannot be read or is wrong
     */
    public Outcome load(Path file, String account) {
        Instant at = clock.instant();
        Map<String, List<CatalogObject>> databases = CatalogFile.read(file, at).stream()
                .collect(Collectors.groupingBy(object -> object.name().database()));
        return locked(account, "load-catalog", databases.size(), (held, before) -> {
            Outcome all = new Outcome(account, before, 0, 0, 0);
            for (Map.Entry<String, List<CatalogObject>> database : databases.entrySet()) {
                DatabaseReading reading = new DatabaseReading(
                        database.getKey(),
                        database.getValue().stream().map(CatalogObject::name).collect(Collectors.toSet()),
                        database.getValue());
                all = all.and(write(account, held, before, reading, stored(account, database.getKey()), at));
            }
            return all;
        });
    }

    private Outcome locked(String account, String by, int databases, Work work) {
        Optional<SyncLock.Held> free = lock.tryAcquire(account);
        if (free.isEmpty()) {
            return new Outcome(account, 0, 0, 0, 0);
        }
        try (SyncLock.Held held = free.get()) {
            runs.begun(account, by, databases, clock.instant());
            try {
                // The version before anything is asked: what a gateway writes from now on is newer than what will be
                // read.
                Outcome outcome = work.run(held, store.version(account).orElse(0L));
                runs.ended(account, "", clock.instant());
                return outcome;
            } catch (IllegalStateException fault) {
                runs.ended(account, String.valueOf(fault.getMessage()), clock.instant());
                throw fault;
            } catch (RuntimeException fault) {
                runs.ended(account, "an unexpected fault, see the console's log", clock.instant());
                throw fault;
            }
        }
    }

    private Outcome readAll(SyncLock.Held held, long before) {
        String account = properties.account();
        List<String> problems = new ArrayList<>();
        Outcome all = new Outcome(account, before, 0, 0, 0);
        try (CatalogSource.Reading reading = source.open()) {
            for (String database : properties.databases()) {
                try {
                    all = all.and(readOne(reading, held, before, database));
                } catch (SQLException fault) {
                    problems.add(sentence(database, fault));
                } catch (UnusableReading wrong) {
                    problems.add(wrong.getMessage());
                }
            }
        } catch (SQLException fault) {
            problems.add(sentence("", fault));
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join(" ", problems));
        }
        return all;
    }

    private Outcome readOne(CatalogSource.Reading source, SyncLock.Held held, long before, String database)
            throws SQLException {
        String account = properties.account();
        runs.reading(account, database);
        Instant at = clock.instant();
        Map<ObjectName, CatalogStore.Entry> stored = stored(account, database);
        Map<ObjectName, CatalogObject> there = new HashMap<>();
        stored.forEach((name, entry) -> {
            if (!entry.gone()) {
                there.put(name, entry.object());
            }
        });
        DatabaseReading reading = source.read(database, there);
        if (reading.present().isEmpty() && !there.isEmpty()) {
            // Snowflake shows nothing rather than an error to a user without rights.
            throw new UnusableReading("Snowflake shows nothing of the database " + database
                    + " any more. If the user has lost its rights, give them back; if the database is empty, take it out of"
                    + " snowgate.catalog.databases. The stored catalog stays.");
        }
        return write(account, held, before, reading, stored, at);
    }

    private Map<ObjectName, CatalogStore.Entry> stored(String account, String database) {
        return store.entries(account, database).stream()
                .collect(Collectors.toMap(entry -> entry.object().name(), entry -> entry));
    }

    private Outcome write(
            String account,
            SyncLock.Held held,
            long before,
            DatabaseReading reading,
            Map<ObjectName, CatalogStore.Entry> stored,
            Instant at) {
        List<CatalogStore.Written> changed = reading.changed().stream()
                .map(object -> CarriedOver.derived(
                        object, Optional.ofNullable(stored.get(object.name())).map(CatalogStore.Entry::object)))
                .map(CatalogStore.Written::of)
                .toList();
        List<ObjectName> gone = stored.values().stream()
                .filter(entry -> !entry.gone())
                .map(entry -> entry.object().name())
                .filter(name -> !reading.present().contains(name))
                .toList();
        held.require();
        Outcome outcome = writer.write(account, before, reading, changed, gone, at);
        runs.done(account, outcome.changed(), outcome.gone());
        LOG.atInfo()
                .setMessage("catalog stored")
                .addKeyValue("account", account)
                .addKeyValue("database", reading.database())
                .addKeyValue("version", outcome.version())
                .addKeyValue("objects", outcome.objects())
                .addKeyValue("changed", outcome.changed())
                .addKeyValue("gone", outcome.gone())
                .log();
        return outcome;
    }

    private static String sentence(String database, SQLException fault) {
        // Its message may quote text of the account; the code tells an operator enough.
        return "Snowflake did not give the catalog" + (database.isEmpty() ? "" : " of " + database) + " (error "
                + fault.getErrorCode() + ", state " + fault.getSQLState() + ").";
    }

    /** What was read cannot be what is there. */
    private static final class UnusableReading extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnusableReading(String sentence) {
            super(sentence);
        }
    }

    /** What is done under the lock, given the version before it. */
    private interface Work {
        Outcome run(SyncLock.Held held, long before) throws DataAccessException;
    }
}

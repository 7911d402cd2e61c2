package dev.snowgate.gateway.catalog;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.ProtectionMarks;
import dev.snowgate.catalog.ProtectionRule;
import dev.snowgate.codec.Encoding;
import dev.snowgate.gateway.recording.DatabaseStore;
import dev.snowgate.gateway.recording.RowStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Catalog entries in PostgreSQL. A row that is gone stays, so that every replica learns of it and derived protection lasts. */
public final class CatalogStore {
    private static final String UPSERT = """
            insert into catalog_object (account, database, schema, name, kind, body, seen_at, version, gone)
            values (:account, :database, :schema, :name, :kind, :body, :seen, :version, :gone)
            on conflict (account, database, schema, name) do update
            set kind = excluded.kind, body = excluded.body, seen_at = excluded.seen_at, version = excluded.version, gone = excluded.gone
            """;
    private final DatabaseStore database;

    public CatalogStore(DatabaseStore database) {
        this.database = database;
    }

    /** The account's version; 0 if nothing was ever written. */
    Mono<Long> version(String account) {
        return database.read(
                database.sql("select version from catalog_version where account = :account", Map.of("account", account))
                        .map(row -> RowStore.number(row, "version"))
                        .one()
                        .defaultIfEmpty(0L));
    }

    /** Entries that changed after that version. */
    Mono<List<Entry>> changedSince(String account, long version) {
        return database.read(database.sql("""
                        select database, schema, name, body, version, gone from catalog_object
                        where account = :account and version > :version order by version
                        """, Map.of("account", account, "version", version))
                .map(row -> new Entry(
                        new ObjectName(
                                RowStore.text(row, "database"),
                                RowStore.text(row, "schema"),
                                RowStore.text(row, "name")),
                        Encoding.CATALOG_OBJECT.decode(RowStore.bytes(row, "body")),
                        RowStore.number(row, "version"),
                        RowStore.flag(row, "gone")))
                .all()
                .collectList());
    }

    /** Marks and rules; a rule that cannot be read fails, because one that is skipped would protect nothing. */
    Mono<ProtectionMarks> marks(String account) {
        return database.read(database.sql("""
                        select kind, pattern, value, objects, category, source from protection_mark
                        where account is null or account = :account order by id
                        """, Map.of("account", account))
                .map(row -> new ProtectionRule(
                        ProtectionRule.Kind.valueOf(RowStore.text(row, "kind")),
                        RowStore.text(row, "pattern"),
                        RowStore.text(row, "value"),
                        List.of(row.get("objects", String[].class)),
                        RowStore.text(row, "category"),
                        RowStore.text(row, "source")))
                .all()
                .collectList()
                .map(ProtectionMarks::of));
    }

    /** For each database when all its objects were seen last. */
    Mono<Map<String, Instant>> seen(String account) {
        return database.read(database.sql(
                        "select database, seen_at from catalog_sync where account = :account",
                        Map.of("account", account))
                .map(row -> Map.entry(RowStore.text(row, "database"), RowStore.instant(row, "seen_at")))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The entry as it is stored, gone ones included. */
    Mono<Optional<CatalogObject>> stored(String account, ObjectName name) {
        return database.sql("""
                        select body from catalog_object
                        where account = :account and database = :database and schema = :schema and name = :name
                        """, key(account, name))
                .map(row -> Optional.of(Encoding.CATALOG_OBJECT.decode(RowStore.bytes(row, "body"))))
                .one()
                .defaultIfEmpty(Optional.empty());
    }

    /**
     * Writes changes as one new version and announces it; gives the version. Rare: only what changes the catalog comes here.
     *
     * @param changes made of the entry as it is stored, under the lock of the account's version
     */
    Mono<Long> write(String account, List<Change> changes) {
        Mono<Long> work = database.sql("select next_catalog_version(:account) as version", Map.of("account", account))
                .map(row -> RowStore.number(row, "version"))
                .one()
                .flatMap(version -> Flux.fromIterable(new ArrayList<>(changes))
                        .concatMap(change -> write(account, version, change))
                        .then(announce(account, version))
                        .thenReturn(version));
        return database.write(work);
    }

    private Mono<Void> write(String account, long version, Change change) {
        return stored(account, change.name()).map(change.make()).flatMap(entry -> upsert(account, version, entry));
    }

    private Mono<Void> upsert(String account, long version, Stored entry) {
        CatalogObject object = entry.object();
        Map<String, Object> parameters = key(account, object.name());
        parameters.put("kind", object.kind().name());
        parameters.put("body", Encoding.CATALOG_OBJECT.encode(object));
        parameters.put("seen", object.seenAt());
        parameters.put("version", version);
        parameters.put("gone", entry.gone());
        return database.sql(UPSERT, parameters).fetch().rowsUpdated().then();
    }

    private Mono<Void> announce(String account, long version) {
        return database.sql(
                        "select pg_notify('snowgate', :payload)",
                        Map.of("payload", "catalog:" + account + ":" + version))
                .fetch()
                .first()
                .then();
    }

    private static Map<String, Object> key(String account, ObjectName name) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("account", account);
        parameters.put("database", name.database());
        parameters.put("schema", name.schema());
        parameters.put("name", name.name());
        return parameters;
    }

    /** A row. */
    record Entry(ObjectName name, CatalogObject object, long version, boolean gone) {}

    /** What a row becomes. */
    record Stored(CatalogObject object, boolean gone) {}

    /** How a row changes, given what it was. */
    record Change(ObjectName name, java.util.function.Function<Optional<CatalogObject>, Stored> make) {}
}

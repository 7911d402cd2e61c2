package dev.snowgate.console.catalog;

import dev.snowgate.catalog.CarriedOver;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.ProtectionRule;
import dev.snowgate.codec.Encoding;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Catalog objects, versions and marks in the database. */
@Repository
class CatalogStore {
    private final JdbcClient jdbc;

    CatalogStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<String> accounts() {
        return jdbc.sql("select account from catalog_version order by account")
                .query((row, n) -> row.getString("account"))
                .list();
    }

    Optional<Long> version(String account) {
        return jdbc.sql("select version from catalog_version where account = :account")
                .param("account", account)
                .query(Long.class)
                .optional();
    }

    List<CatalogObject> objects(String account) {
        return jdbc.sql("select body from catalog_object where account = :account and not gone")
                .param("account", account)
                .query((row, n) -> Encoding.CATALOG_OBJECT.decode(row.getBytes("body")))
                .list();
    }

    /** Marks and rules of protection, in the order in which they were made. */
    List<ProtectionRule> marks(String account) {
        return jdbc.sql("""
                        select kind, pattern, value, objects, category, source from protection_mark
                        where account is null or account = :account order by id
                        """)
                .param("account", account)
                .query((row, n) -> new ProtectionRule(
                        ProtectionRule.Kind.valueOf(row.getString("kind")),
                        row.getString("pattern"),
                        row.getString("value"),
                        List.of((String[]) row.getArray("objects").getArray()),
                        row.getString("category"),
                        row.getString("source")))
                .list();
    }

    /** Notes that all objects of the database that are not gone were there at that instant. */
    void seen(String account, DatabaseReading reading, Instant at) {
        jdbc.sql("""
                        insert into catalog_sync (account, database, seen_at, objects, changed)
                        values (:account, :database, :at, :objects, :changed)
                        on conflict (account, database) do update
                        set seen_at = excluded.seen_at, objects = excluded.objects, changed = excluded.changed
                        """)
                .param("account", account)
                .param("database", reading.database())
                .param("at", Timestamp.from(at))
                .param("objects", reading.present().size())
                .param("changed", reading.changed().size())
                .update();
    }

    /** The entry as it is stored, gone ones included. */
    private Optional<CatalogObject> stored(String account, ObjectName name) {
        return jdbc.sql("""
                        select body from catalog_object
                        where account = :account and database = :database and schema = :schema and name = :name
                        """)
                .param("account", account)
                .param("database", name.database())
                .param("schema", name.schema())
                .param("name", name.name())
                .query((row, n) -> Encoding.CATALOG_OBJECT.decode(row.getBytes("body")))
                .optional();
    }

    /** Only one synchronisation of an account at a time; false if another one is at work. Ends with the transaction. */
    boolean tryLock(String account) {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtext('snowgate.catalog-sync'), hashtext(:account))")
                .param("account", account)
                .query(Boolean.class)
                .single();
    }

    long nextVersion(String account) {
        return jdbc.sql("select next_catalog_version(:account)")
                .param("account", account)
                .query(Long.class)
                .single();
    }

    /**
     * Writes the object; protection that came with copied values stays with it. What a gateway wrote after that earlier version is
     * newer than what was read, and stays.
     */
    void save(String account, long version, long before, CatalogObject read) {
        CatalogObject object = CarriedOver.derived(read, stored(account, read.name()));
        jdbc.sql("""
                        insert into catalog_object (account, database, schema, name, kind, body, seen_at, version, gone)
                        values (:account, :database, :schema, :name, :kind, :body, :seenAt, :version, false)
                        on conflict (account, database, schema, name) do update
                        set kind = excluded.kind, body = excluded.body, seen_at = excluded.seen_at, version = excluded.version, gone = false
                        where catalog_object.version <= :before
                        """)
                .param("account", account)
                .param("database", object.name().database())
                .param("schema", object.name().schema())
                .param("name", object.name().name())
                .param("kind", object.kind().name())
                .param("body", Encoding.CATALOG_OBJECT.encode(object))
                .param("seenAt", Timestamp.from(object.seenAt()))
                .param("version", version)
                .param("before", before)
                .update();
    }

    /** What is stored of these databases and is not among the names. */
    List<ObjectName> missing(String account, Set<String> databases, Set<ObjectName> names) {
        return jdbc
                .sql("""
                        select database, schema, name from catalog_object
                        where account = :account and not gone and database in (:databases)
                        """)
                .param("account", account)
                .param("databases", databases)
                .query((row, n) ->
                        new ObjectName(row.getString("database"), row.getString("schema"), row.getString("name")))
                .list()
                .stream()
                .filter(name -> !names.contains(name))
                .toList();
    }

    /** Marks what Snowflake no longer has; the rows stay, so that every replica learns of it. */
    void forget(String account, long version, long before, List<ObjectName> gone) {
        gone.forEach(name -> jdbc.sql("""
                        update catalog_object set gone = true, version = :version
                        where account = :account and database = :database and schema = :schema and name = :name and version <= :before
                        """)
                .param("before", before)
                .param("version", version)
                .param("account", account)
                .param("database", name.database())
                .param("schema", name.schema())
                .param("name", name.name())
                .update());
    }

    void announce(String account, long version) {
        jdbc.sql("select pg_notify('snowgate', :message)")
                .param("message", "catalog:" + account + ":" + version)
                .query((row, n) -> n)
                .list();
    }
}

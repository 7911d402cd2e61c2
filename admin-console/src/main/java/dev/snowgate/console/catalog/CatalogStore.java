package dev.snowgate.console.catalog;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.codec.Encoding;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.HashSet;
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

    /** A mark on one column; the parts are as Snowflake stores the names. */
    record Mark(String pattern, String category, String source) {}

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

    List<Mark> marks(String account) {
        return jdbc.sql(
                        "select pattern, category, source from protection_mark where account is null or account = :account")
                .param("account", account)
                .query((row, n) ->
                        new Mark(row.getString("pattern"), row.getString("category"), row.getString("source")))
                .list();
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

    void save(String account, long version, CatalogObject object) {
        jdbc.sql("""
                        insert into catalog_object (account, database, schema, name, kind, body, seen_at, version, gone)
                        values (:account, :database, :schema, :name, :kind, :body, :seenAt, :version, false)
                        on conflict (account, database, schema, name) do update
                        set kind = excluded.kind, body = excluded.body, seen_at = excluded.seen_at, version = excluded.version, gone = false
                        """)
                .param("account", account)
                .param("database", object.name().database())
                .param("schema", object.name().schema())
                .param("name", object.name().name())
                .param("kind", object.kind().name())
                .param("body", Encoding.CATALOG_OBJECT.encode(object))
                .param("seenAt", Timestamp.from(object.seenAt()))
                .param("version", version)
                .update();
    }

    /** Marks what Snowflake no longer has, in the databases that were read; returns how many. */
    int forget(String account, long version, Set<String> databases, Collection<CatalogObject> seen) {
        Set<ObjectName> names = new HashSet<>();
        seen.forEach(object -> names.add(object.name()));
        List<ObjectName> gone = jdbc
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
        gone.forEach(name -> jdbc.sql("""
                        update catalog_object set gone = true, version = :version
                        where account = :account and database = :database and schema = :schema and name = :name
                        """)
                .param("version", version)
                .param("account", account)
                .param("database", name.database())
                .param("schema", name.schema())
                .param("name", name.name())
                .update());
        return gone.size();
    }

    void announce(String account, long version) {
        jdbc.sql("select pg_notify('snowgate', :message)")
                .param("message", "catalog:" + account + ":" + version)
                .query((row, n) -> n)
                .list();
    }
}

package dev.snowgate.console.catalog;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.codec.Encoding;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Catalog objects and versions in the database. */
@Repository
class CatalogStore {
    private static final int AT_A_TIME = 500;
    private final JdbcClient jdbc;
    private final JdbcTemplate batch;

    CatalogStore(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /** A row. */
    record Entry(CatalogObject object, long version, boolean gone) {}

    /** An object ready to be written. */
    record Written(ObjectName name, String kind, byte[] body, Instant seenAt) {
        static Written of(CatalogObject object) {
            return new Written(
                    object.name(), object.kind().name(), Encoding.CATALOG_OBJECT.encode(object), object.seenAt());
        }
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

    /** For each database how much of it was read, and when. */
    List<DatabaseSeen> databases(String account) {
        return jdbc.sql(
                        "select database, seen_at, objects from catalog_sync where account = :account order by database")
                .param("account", account)
                .query((row, n) -> new DatabaseSeen(
                        row.getString("database"), row.getTimestamp("seen_at").toInstant(), row.getInt("objects")))
                .list();
    }

    /** Notes that all objects of the database that are not gone were there at that instant. */
    void seen(String account, DatabaseReading reading, Instant at) {
        jdbc.sql("""
                        insert into catalog_sync (account, database, seen_at, objects, changed)
                        values (:account, :database, :at, :objects, :changed)
                        on conflict (account, database) do update
                        set seen_at = greatest(catalog_sync.seen_at, excluded.seen_at), objects = excluded.objects, changed = excluded.changed
                        """)
                .param("account", account)
                .param("database", reading.database())
                .param("at", Timestamp.from(at))
                .param("objects", reading.present().size())
                .param("changed", reading.changed().size())
                .update();
    }

    long nextVersion(String account) {
        return jdbc.sql("select next_catalog_version(:account)")
                .param("account", account)
                .query(Long.class)
                .single();
    }

    /** Everything of one database as it is stored, gone ones included. */
    List<Entry> entries(String account, String database) {
        return jdbc.sql("""
                        select body, version, gone from catalog_object where account = :account and database = :database
                        """)
                .param("account", account)
                .param("database", database)
                .query((row, n) -> new Entry(
                        Encoding.CATALOG_OBJECT.decode(row.getBytes("body")),
                        row.getLong("version"),
                        row.getBoolean("gone")))
                .list();
    }

    /**
     * Writes objects as they were read. What a gateway wrote after that earlier version is newer than what was read, and stays.
     *
     * @return how many were written
     */
    int save(String account, long version, long before, List<Written> objects) {
        return written(batch.batchUpdate("""
                insert into catalog_object (account, database, schema, name, kind, body, seen_at, version, gone)
                values (?, ?, ?, ?, ?, ?, ?, ?, false)
                on conflict (account, database, schema, name) do update
                set kind = excluded.kind, body = excluded.body, seen_at = excluded.seen_at, version = excluded.version, gone = false
                where catalog_object.version <= ?
                """, objects, AT_A_TIME, (statement, object) -> {
            key(statement, 1, account, object.name());
            statement.setString(5, object.kind());
            statement.setBytes(6, object.body());
            statement.setTimestamp(7, Timestamp.from(object.seenAt()));
            statement.setLong(8, version);
            statement.setLong(9, before);
        }));
    }

    /** Marks what Snowflake no longer has; the rows stay, so that every replica learns of it. Gives how many were marked. */
    int forget(String account, long version, long before, List<ObjectName> gone) {
        return written(batch.batchUpdate("""
                update catalog_object set gone = true, version = ?
                where account = ? and database = ? and schema = ? and name = ? and version <= ? and not gone
                """, gone, AT_A_TIME, (statement, name) -> {
            statement.setLong(1, version);
            key(statement, 2, account, name);
            statement.setLong(6, before);
        }));
    }

    private static void key(PreparedStatement statement, int first, String account, ObjectName name)
            throws SQLException {
        statement.setString(first, account);
        statement.setString(first + 1, name.database());
        statement.setString(first + 2, name.schema());
        statement.setString(first + 3, name.name());
    }

    private static int written(int[][] counts) {
        return Arrays.stream(counts)
                .flatMapToInt(Arrays::stream)
                // a driver that batches may say "done" without a number
                .map(count -> count == Statement.SUCCESS_NO_INFO ? 1 : Math.max(0, count))
                .sum();
    }

    void announce(String account, long version) {
        jdbc.sql("select pg_notify('snowgate', :message)")
                .param("message", "catalog:" + account + ":" + version)
                .query((row, n) -> n)
                .list();
    }
}

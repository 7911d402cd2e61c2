package dev.snowgate.console.catalog;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the last synchronisation of each account did, for people. */
@Repository
class SyncRunStore {
    private final JdbcClient jdbc;

    SyncRunStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void begun(String account, String by, int databases, Instant at) {
        jdbc.sql("""
                        insert into catalog_sync_run (account, started_at, started_by, databases)
                        values (:account, :at, :by, :databases)
                        on conflict (account) do update set started_at = excluded.started_at, started_by = excluded.started_by,
                            databases = excluded.databases, done = 0, reading = '', changed = 0, gone = 0, ended_at = null, problem = ''
                        """)
                .param("account", account)
                .param("at", Timestamp.from(at))
                .param("by", by)
                .param("databases", databases)
                .update();
    }

    void reading(String account, String database) {
        jdbc.sql("update catalog_sync_run set reading = :database where account = :account")
                .param("account", account)
                .param("database", database)
                .update();
    }

    void done(String account, int changed, int gone) {
        jdbc.sql("""
                        update catalog_sync_run set done = done + 1, changed = changed + :changed, gone = gone + :gone
                        where account = :account
                        """)
                .param("account", account)
                .param("changed", changed)
                .param("gone", gone)
                .update();
    }

    void ended(String account, String problem, Instant at) {
        jdbc.sql(
                        "update catalog_sync_run set ended_at = :at, problem = :problem, reading = '' where account = :account")
                .param("account", account)
                .param("problem", problem)
                .param("at", Timestamp.from(at))
                .update();
    }

    Optional<SyncRun> last(String account) {
        return jdbc.sql("select * from catalog_sync_run where account = :account")
                .param("account", account)
                .query((row, n) -> new SyncRun(
                        row.getTimestamp("started_at").toInstant(),
                        row.getString("started_by"),
                        row.getInt("databases"),
                        row.getInt("done"),
                        row.getString("reading"),
                        row.getInt("changed"),
                        row.getInt("gone"),
                        Optional.ofNullable(row.getTimestamp("ended_at")).map(Timestamp::toInstant),
                        row.getString("problem")))
                .optional();
    }
}

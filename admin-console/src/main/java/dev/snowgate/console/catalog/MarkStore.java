package dev.snowgate.console.catalog;

import dev.snowgate.catalog.ProtectionRule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Marks and rules of protection in the database. */
@Repository
class MarkStore {
    private final JdbcClient jdbc;

    MarkStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All that hold in the account, in the order in which they were made. */
    List<StoredMark> marks(String account) {
        return jdbc.sql("""
                        select id, account, kind, pattern, value, objects, category, source, created_by, created_at, reason
                        from protection_mark where account is null or account = :account order by id
                        """)
                .param("account", account)
                .query((row, n) -> mark(row))
                .list();
    }

    private static StoredMark mark(ResultSet row) throws SQLException {
        return new StoredMark(
                row.getLong("id"),
                Optional.ofNullable(row.getString("account")),
                new ProtectionRule(
                        ProtectionRule.Kind.valueOf(row.getString("kind")),
                        row.getString("pattern"),
                        row.getString("value"),
                        List.of((String[]) row.getArray("objects").getArray()),
                        row.getString("category"),
                        row.getString("source")),
                row.getString("created_by"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("reason"));
    }

    /** Keeps a mark of the account; false if there is one that says the same. */
    boolean insert(String account, ProtectionRule mark, String by, String reason) {
        return jdbc.sql("""
                        insert into protection_mark (account, pattern, category, source, created_by, reason)
                        values (:account, :pattern, :category, :source, :by, :reason) on conflict do nothing
                        """)
                        .param("account", account)
                        .param("pattern", mark.pattern())
                        .param("category", mark.category())
                        .param("source", mark.source())
                        .param("by", by)
                        .param("reason", reason)
                        .update()
                == 1;
    }

    /** Removes a mark; false if it is gone already. */
    boolean delete(long id) {
        return jdbc.sql("delete from protection_mark where id = :id")
                        .param("id", id)
                        .update()
                == 1;
    }
}

package dev.snowgate.console.policy;

import dev.snowgate.policy.PolicySource;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Policy versions and their files. */
@Repository
class PolicyStore {
    private final JdbcClient jdbc;

    PolicyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<PolicyVersion> versions(int most) {
        return jdbc.sql("""
                        select v.version, v.comment, v.created_by, v.created_at, v.published_at, (a.version is not null) as running
                        from policy_version v left join policy_active a on a.version = v.version
                        order by v.version desc limit :most
                        """)
                .param("most", most)
                .query((row, n) -> {
                    Timestamp published = row.getTimestamp("published_at");
                    return new PolicyVersion(
                            row.getLong("version"),
                            row.getString("comment"),
                            row.getString("created_by"),
                            row.getTimestamp("created_at").toInstant(),
                            Optional.ofNullable(published).map(Timestamp::toInstant),
                            row.getBoolean("running"));
                })
                .list();
    }

    List<PolicySource> files(long version) {
        return jdbc.sql("select path, text from policy_file where version = :version order by path")
                .param("version", version)
                .query((row, n) -> new PolicySource(row.getString("path"), row.getString("text")))
                .list();
    }
}

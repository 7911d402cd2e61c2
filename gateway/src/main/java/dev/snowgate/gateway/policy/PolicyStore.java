package dev.snowgate.gateway.policy;

import dev.snowgate.gateway.recording.DatabaseStore;
import dev.snowgate.gateway.recording.RowStore;
import dev.snowgate.policy.PolicySource;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** The published policy as the console wrote it. */
public final class PolicyStore {
    private static final String SUITE = "_test.yaml";
    private final DatabaseStore database;

    public PolicyStore(DatabaseStore database) {
        this.database = database;
    }

    /** Number of the version in force; empty if none was ever published. */
    Mono<Long> findActive() {
        return database.read(database.sql("select version from policy_active", Map.of())
                .map(row -> RowStore.number(row, "version"))
                .one());
    }

    /** Files of that version without its suites, by path. */
    Mono<List<PolicySource>> files(long version) {
        return database.read(database.sql(
                        "select path, text from policy_file where version = :version order by path",
                        Map.of("version", version))
                .map(row -> new PolicySource(RowStore.text(row, "path"), RowStore.text(row, "text")))
                .all()
                .filter(file -> !file.path().endsWith(SUITE))
                .collectList());
    }
}

package dev.snowgate.gateway.recording;

import static dev.snowgate.gateway.recording.DatabaseStore.orNull;

import dev.snowgate.db.SchemaVersion;
import dev.snowgate.gateway.statement.GatewayException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** This replica in the database: that it lives, by which policy it serves, and whether the schema is the one it was built for. */
public final class ReplicaStore {
    private static final int DAYS_AHEAD = 14;
    private static final int UNREACHABLE_TRIES = 5;
    private final DatabaseStore database;
    private final Lease lease;
    private final String url;
    private volatile LocalDate ensuredOn = LocalDate.EPOCH;

    public ReplicaStore(DatabaseStore database, Lease lease, String url) {
        this.database = database;
        this.lease = lease;
        this.url = url;
    }

    /** Fails unless the database has exactly the schema of this build. */
    public Mono<Void> requireSchema() {
        return database.read(database.sql(SchemaVersion.QUERY, Map.of())
                        .map(row ->
                                Optional.ofNullable(row.get(0, Integer.class)).orElse(0))
                        .one())
                .retryWhen(Retry.backoff(UNREACHABLE_TRIES, Duration.ofMillis(500))
                        .maxBackoff(Duration.ofSeconds(3))
                        .filter(ReplicaStore::isUnreachable)
                        .onRetryExhaustedThrow((spec, signal) -> signal.failure()))
                .onErrorMap(GatewayException.class, ReplicaStore::noSchema)
                .doOnNext(SchemaVersion::require)
                .then();
    }

    /** No answer has no SQLSTATE, or one of the classes "connection" and "operator intervention". */
    private static boolean isUnreachable(Throwable fault) {
        String state = DatabaseStore.sqlState(fault);
        return state.isEmpty() || state.startsWith("08") || state.startsWith("57");
    }

    private static IllegalStateException noSchema(GatewayException fault) {
        return new IllegalStateException(
                isUnreachable(fault)
                        ? "PostgreSQL cannot be reached at snowgate.database.url"
                        : "the database has no schema of ours (SQLSTATE " + DatabaseStore.sqlState(fault)
                                + "): run ./snowgate migrate first",
                fault);
    }

    /** Says that it lives; for people. */
    public Mono<Void> seen(Optional<Long> policyVersion, Optional<String> policyProblem) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("id", lease.replica());
        parameters.put("policy", orNull(policyVersion, Long.class));
        parameters.put("problem", orNull(policyProblem, String.class));
        parameters.put("url", url);
        return database.write(
                database.sql("""
                        insert into gateway_replica (id, policy_version, policy_problem, url) values (:id, :policy, :problem, :url)
                        on conflict (id) do update set last_seen_at = now(), policy_version = excluded.policy_version,
                            policy_problem = excluded.policy_problem
                        """, parameters).fetch().rowsUpdated().then());
    }

    /** Forgets replicas that are long gone, itself included when it leaves. */
    public Mono<Void> leave() {
        return database.write(database.sql(
                        "delete from gateway_replica where id = :id or last_seen_at < now() - interval '1 day'",
                        Map.of("id", lease.replica()))
                .fetch()
                .rowsUpdated()
                .then());
    }

    /** Makes the partitions of the coming days, once a day however often it is called. */
    public Mono<Void> ensurePartitions(LocalDate today) {
        return Mono.defer(() -> today.equals(ensuredOn) ? Mono.<Void>empty() : makePartitions(today));
    }

    private Mono<Void> makePartitions(LocalDate today) {
        return database.write(database.sql("select ensure_partitions(:days)", Map.of("days", DAYS_AHEAD))
                        .fetch()
                        .first()
                        .then())
                .doOnSuccess(nothing -> ensuredOn = today);
    }
}

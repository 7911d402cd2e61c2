package dev.snowgate.gateway.recording;

import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.model.statement.StatementId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Who runs what: claims for this replica, their renewal, and the clocks of polls. Two replicas never claim the same. */
final class LeaseStore {
    private static final String CLAIM_RELEASED = """
            update statement set lease_owner = :replica, lease_until = clock_timestamp() + :lease * interval '1 millisecond'
            where id in (
                select s.id from statement s join approval_request r on r.statement_id = s.id
                where s.async and s.state in ('HELD', 'RELEASED') and r.expires_at > clock_timestamp()
                  and r.statement_digest = s.statement_digest
                  and (r.state = 'APPROVED' or (r.state = 'USED' and r.used_by = s.id and s.state = 'RELEASED'))
                  and (s.lease_until is null or s.lease_until < clock_timestamp())
                order by r.decided_at limit :most for update of s skip locked)
            returning id
            """;
    private static final String CLAIM_STRANDED = """
            update statement set lease_owner = :replica, lease_until = clock_timestamp() + :lease * interval '1 millisecond'
            where id in (
                select s.id from statement s
                where s.state in ('SENT', 'STARTED') and (s.lease_until is null or s.lease_until < clock_timestamp())
                order by s.sent_at limit :most for update skip locked)
            returning id
            """;
    private final DatabaseStore database;
    private final EntryStore entries;
    private final Lease lease;

    LeaseStore(DatabaseStore database, EntryStore entries, Lease lease) {
        this.database = database;
        this.entries = entries;
        this.lease = lease;
    }

    Flux<LedgerEntry> claimReleased(int most) {
        return claim(CLAIM_RELEASED, most);
    }

    Flux<LedgerEntry> claimStranded(int most) {
        return claim(CLAIM_STRANDED, most);
    }

    private Flux<LedgerEntry> claim(String sql, int most) {
        Map<String, Object> parameters =
                Map.of("replica", lease.replica(), "lease", lease.length().toMillis(), "most", most);
        return database.writeMany(database.sql(sql, parameters)
                        .map(row -> new StatementId(RowStore.uuid(row, "id")))
                        .all())
                .collectList()
                .flatMapMany(ids -> database.readMany(entries.all(ids)));
    }

    Mono<Void> renew(List<StatementId> running) {
        if (running.isEmpty()) {
            return Mono.empty();
        }
        Map<String, Object> parameters = Map.of(
                "ids",
                uuids(running),
                "replica",
                lease.replica(),
                "lease",
                lease.length().toMillis());
        return database.write(
                database.sql("""
                        update statement set lease_until = clock_timestamp() + :lease * interval '1 millisecond'
                        where id = any(:ids) and lease_owner = :replica
                        """, parameters).fetch().rowsUpdated().then());
    }

    Mono<Void> polled(Map<StatementId, Instant> lastPolls) {
        if (lastPolls.isEmpty()) {
            return Mono.empty();
        }
        List<StatementId> ids = new ArrayList<>();
        List<Long> millis = new ArrayList<>();
        lastPolls.forEach((id, at) -> {
            ids.add(id);
            millis.add(at.toEpochMilli());
        });
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("ids", uuids(ids));
        parameters.put("millis", millis.toArray(Long[]::new));
        return database.write(
                database.sql("""
                        update statement s set last_polled_at = greatest(s.last_polled_at, to_timestamp(p.millis / 1000.0))
                        from unnest(:ids::uuid[], :millis::bigint[]) as p(id, millis) where s.id = p.id
                        """, parameters).fetch().rowsUpdated().then());
    }

    Flux<StatementId> reviewedSince(Instant cursor) {
        return database.readMany(database.sql(
                        "select statement_id from approval_request where decided_at > :cursor order by decided_at",
                        Map.of("cursor", cursor))
                .map(row -> new StatementId(RowStore.uuid(row, "statement_id")))
                .all());
    }

    private static UUID[] uuids(List<StatementId> ids) {
        return ids.stream().map(StatementId::value).toArray(UUID[]::new);
    }
}

package dev.snowgate.console.recording;

import dev.snowgate.console.recording.ReplayStep.Verdict;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.model.statement.StatementState;
import dev.snowgate.recording.ChainReport;
import dev.snowgate.recording.ChainVerifier;
import dev.snowgate.recording.ChainedEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Sessions, statements, pages and events as recorded. */
@Repository
class RecordingStore {
    private static final String SUMMARY = """
            select a.id, a.agent, a.person_claim, a.client_name, a.client_version, a.account, a.opened_at, a.last_seen_at, a.closed_at,
                count(s.id) as statements,
                count(s.id) filter (where s.effect = 'ALLOW') as allowed,
                count(s.id) filter (where s.effect = 'REQUIRE_APPROVAL') as held,
                count(s.id) filter (where s.effect = 'DENY' or s.state = 'DENIED') as denied,
                coalesce(sum(s.masked_cells), 0) as masked
            from %s left join statement s on s.session_id = a.id and s.parent is null
            group by a.id, a.agent, a.person_claim, a.client_name, a.client_version, a.account, a.opened_at, a.last_seen_at, a.closed_at
            order by a.opened_at desc, a.id
            """;
    private static final String MATCHES =
            "a.kind = 'AGENT' and (:search = '' or a.agent ilike :pattern or a.person_claim ilike :pattern or a.client_name ilike :pattern or a.id::text like :start)";
    private final JdbcClient jdbc;

    RecordingStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<SessionSummary> sessions(String search, int most, int skip) {
        String page =
                "(select * from (select id, kind, agent, person_claim, client_name, client_version, account, opened_at, last_seen_at, closed_at"
                        + " from agent_session) a where " + MATCHES
                        + " order by a.opened_at desc, a.id limit :most offset :skip) a";
        return searched(SUMMARY.formatted(page), search)
                .param("most", most)
                .param("skip", skip)
                .query((row, n) -> summary(row))
                .list();
    }

    int count(String search) {
        return searched("select count(*) from agent_session a where " + MATCHES, search)
                .query(Integer.class)
                .single();
    }

    private JdbcClient.StatementSpec searched(String sql, String search) {
        String escaped = search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return jdbc.sql(sql)
                .param("search", search)
                .param("pattern", "%" + escaped + "%")
                .param("start", escaped + "%");
    }

    Optional<SessionSummary> session(SessionId id) {
        return jdbc.sql(SUMMARY.formatted(
                        "(select id, agent, person_claim, client_name, client_version, account, opened_at, last_seen_at, closed_at"
                                + " from agent_session where id = :id and kind = 'AGENT') a"))
                .param("id", id.value())
                .query((row, n) -> summary(row))
                .optional();
    }

    List<ReplayStep> steps(SessionId session, int most) {
        return jdbc.sql("""
                        select s.id, s.title, s.state, s.effect, s.received_at, s.decided_at, s.rows, s.masked_cells, s.ended_at, s.released_at,
                            r.decided_at as reviewed_at
                        from statement s
                        left join lateral (select q.decided_at from approval_request q where q.statement_id = s.id order by q.id desc limit 1) r on true
                        where s.session_id = :session and s.parent is null and not s.describe_only
                        order by coalesce(r.decided_at, s.decided_at, s.received_at), s.received_at limit :most
                        """)
                .param("session", session.value())
                .param("most", most)
                .query((row, n) -> step(row))
                .list();
    }

    Optional<StoredMoment> moment(SessionId session, StatementId statement) {
        return jdbc.sql("""
                        select s.id, s.title, s.state, s.effect, s.received_at, s.decided_at, s.rows, s.masked_cells, s.ended_at, s.released_at,
                            s.sealed_text, s.analysis, s.decision, s.mask_plan, s.policy_version, s.rule, s.reason, s.bytes, s.upstream_query_id,
                            s.sent_at, s.error_code, s.account, a.client_name, a.client_version, a.network,
                            r.decided_at as reviewed_at, r.comment, r.verdict, r.reviewer_name, r.reviewer_groups, r.approver_group
                        from statement s join agent_session a on a.id = s.session_id
                        left join lateral (
                            select q.decided_at, q.approver_group, v.comment, v.verdict, v.reviewer_name, v.reviewer_groups
                            from approval_request q left join approval_review v on v.request_id = q.id
                            where q.statement_id = s.id order by q.id desc, v.id desc limit 1) r on true
                        where s.session_id = :session and s.id = :statement
                        """)
                .param("session", session.value())
                .param("statement", statement.value())
                .query((row, n) -> StoredMoment.read(row, step(row)))
                .optional();
    }

    /** The sealed first page of a result, the newest of its number. */
    Optional<byte[]> firstPage(StatementId statement) {
        return jdbc.sql(
                        "select sealed from result_page where statement_id = :id and page = 0 and sealed is not null order by seq desc limit 1")
                .param("id", statement.value())
                .query((row, n) -> row.getBytes("sealed"))
                .optional();
    }

    /** Proves the chain row by row: a long session needs no memory. */
    ChainReport verify(SessionId session) {
        ChainVerifier verifier = new ChainVerifier(session);
        jdbc.sql(
                        "select seq, at, kind, statement_id, actor, body, sealed, digest, link from session_event where session_id = :id order by seq")
                .param("id", session.value())
                .query(row -> {
                    verifier.accept(event(row));
                });
        return jdbc.sql("select seq, link from session_head where session_id = :id")
                .param("id", session.value())
                .query((row, n) -> verifier.finish(row.getLong("seq"), row.getBytes("link")))
                .optional()
                .orElseGet(() -> new ChainReport.Broken(0, "the session has no head"));
    }

    private static ChainedEvent event(ResultSet row) throws SQLException {
        return new ChainedEvent(
                row.getLong("seq"),
                row.getTimestamp("at").toInstant(),
                row.getString("kind"),
                Optional.ofNullable(row.getObject("statement_id", UUID.class)),
                row.getString("actor"),
                row.getBytes("body"),
                row.getBytes("sealed"),
                row.getBytes("digest"),
                row.getBytes("link"));
    }

    private static SessionSummary summary(ResultSet row) throws SQLException {
        return new SessionSummary(
                new SessionId(row.getObject("id", UUID.class)),
                row.getString("agent"),
                Optional.ofNullable(row.getString("person_claim")),
                (row.getString("client_name") + " " + row.getString("client_version")).strip(),
                row.getString("account"),
                row.getTimestamp("opened_at").toInstant(),
                row.getTimestamp("last_seen_at").toInstant(),
                Optional.ofNullable(time(row, "closed_at")),
                row.getInt("statements"),
                row.getInt("allowed"),
                row.getInt("held"),
                row.getInt("denied"),
                row.getLong("masked"));
    }

    private static ReplayStep step(ResultSet row) throws SQLException {
        StatementState state = StatementState.valueOf(row.getString("state"));
        String effect = row.getString("effect");
        Instant received = row.getTimestamp("received_at").toInstant();
        Instant policy = time(row, "decided_at");
        Instant reviewed = time(row, "reviewed_at");
        Instant decided = reviewed != null ? reviewed : policy != null ? policy : received;
        long masked = row.getLong("masked_cells");
        boolean held = "REQUIRE_APPROVAL".equals(effect);
        Instant end = reviewed != null ? reviewed : time(row, "ended_at");
        String title = row.getString("title");
        return new ReplayStep(
                new StatementId(row.getObject("id", UUID.class)),
                title == null || title.isBlank() ? "Statement not understood" : title,
                state,
                verdict(state, effect, masked),
                received,
                decided,
                held ? Optional.of(Duration.between(received, end == null ? received : end)) : Optional.empty(),
                row.getLong("rows"),
                masked);
    }

    static Verdict verdict(StatementState state, @Nullable String effect, long masked) {
        return switch (state) {
            case REFUSED, DENIED -> Verdict.DENIED;
            case HELD -> Verdict.HELD;
            case EXPIRED, CANCELLED, ABANDONED, OUTCOME_UNKNOWN -> Verdict.ENDED;
            case FAILED -> "DENY".equals(effect) ? Verdict.DENIED : Verdict.ENDED;
            case RECEIVED, CLEARED, RELEASED, SENT, STARTED, SUCCEEDED -> masked > 0 ? Verdict.MASKED : Verdict.ALLOWED;
        };
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}

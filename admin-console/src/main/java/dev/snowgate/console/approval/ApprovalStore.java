package dev.snowgate.console.approval;

import dev.snowgate.codec.Encoding;
import dev.snowgate.console.security.Person;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.approval.ApprovalId;
import dev.snowgate.model.approval.ReviewVerdict;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.recording.RecordedAnalysis;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Approval requests and reviews in the database. */
@Repository
class ApprovalStore {
    private static final String ENTRY = """
            r.id, r.agent, r.requester_person, r.requester_owners, r.created_at, r.expires_at, r.decided_at, r.comment, r.ended_at,
            coalesce((select v.reviewer_name from approval_review v where v.request_id = r.id order by v.id desc limit 1),
                r.decided_by, '') as decided_name,
            case when r.state = 'PENDING' and r.expires_at <= clock_timestamp() then 'EXPIRED' else r.state end as state,
            s.title, s.analysis, s.account
            """;
    private static final String MATCHES = """
            (:search = '' or r.agent ilike :pattern or r.requester_person ilike :pattern or s.title ilike :pattern
                or s.shape ilike :pattern or r.rule ilike :pattern)
            """;
    private final JdbcClient jdbc;

    ApprovalStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<StoredEntry> waiting(String search, int most) {
        return entries("""
                where r.state = 'PENDING' and r.expires_at > clock_timestamp() and %s order by r.expires_at, r.id limit :most
                """.formatted(MATCHES), search, most, 0);
    }

    List<StoredEntry> decided(String search, int most, int skip) {
        return entries("""
                where (r.state <> 'PENDING' or r.expires_at <= clock_timestamp()) and %s
                order by r.created_at desc, r.id desc limit :most offset :skip
                """.formatted(MATCHES), search, most, skip);
    }

    private List<StoredEntry> entries(String where, String search, int most, int skip) {
        return jdbc.sql("select " + ENTRY + " from approval_request r join statement s on s.id = r.statement_id "
                        + where)
                .param("search", search)
                .param(
                        "pattern",
                        "%" + search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%")
                .param("most", most)
                .param("skip", skip)
                .query((row, n) -> entry(row))
                .list();
    }

    List<StoredEntry> entries(Collection<ApprovalId> ids) {
        return jdbc.sql("select " + ENTRY
                        + " from approval_request r join statement s on s.id = r.statement_id where r.id in (:ids)")
                .param("ids", ids.stream().map(ApprovalId::value).toList())
                .query((row, n) -> entry(row))
                .list();
    }

    /** What an open page compares: one read of the index of pending requests, and the newest end. */
    Cursor cursor() {
        return jdbc.sql("""
                        select (select count(*) from approval_request where state = 'PENDING' and expires_at > clock_timestamp()) as waiting,
                               (select coalesce(sum(hashint8(id)), 0) from approval_request
                                    where state = 'PENDING' and expires_at > clock_timestamp()) as which,
                               (select max(decided_at) from approval_request where decided_at is not null) as decided
                        """)
                .query((row, n) -> new Cursor(row.getInt("waiting"), row.getLong("which"), time(row, "decided")))
                .single();
    }

    Optional<ApprovalRequest> find(ApprovalId id) {
        return jdbc.sql("select " + ENTRY + """
                        , r.statement_id, r.session_id, r.requester_may_be_unknown, r.approver_group, r.rule, r.reason,
                        a.client_name, a.client_version, s.context, s.decision, s.policy_version,
                        s.shape, (s.bindings_digest is not null) as bindings
                        from approval_request r join statement s on s.id = r.statement_id join agent_session a on a.id = r.session_id
                        where r.id = :id
                        """)
                .param("id", id.value())
                .query((row, n) -> request(row))
                .optional();
    }

    /** The sealed text of a statement. */
    Optional<byte[]> sealedText(StatementId statement) {
        return jdbc.sql("select sealed_text from statement where id = :id and sealed_text is not null")
                .param("id", statement.value())
                .query((row, n) -> row.getBytes("sealed_text"))
                .optional();
    }

    /** What became of requests for statements of the same shape in the last 90 days, newest first. */
    List<PastReview> history(ApprovalRequest request, int most) {
        return jdbc.sql("""
                        select r.state, r.decided_at, coalesce(v.reviewer_name, r.decided_by) as name, r.comment
                        from approval_request r join statement s on s.id = r.statement_id
                        left join approval_review v on v.request_id = r.id
                        where r.decided_at > clock_timestamp() - interval '90 days' and s.shape = :shape and s.account = :account
                          and r.id <> :id
                        order by r.decided_at desc limit :most
                        """)
                .param("shape", request.shape())
                .param("account", request.account())
                .param("id", request.id().value())
                .param("most", most)
                .query((row, n) -> new PastReview(
                        !row.getString("state").equals("DENIED"),
                        row.getTimestamp("decided_at").toInstant(),
                        text(row.getString("name")),
                        text(row.getString("comment"))))
                .list();
    }

    void insertReview(ApprovalId id, Person reviewer, ReviewVerdict verdict, String comment) {
        jdbc.sql("""
                        insert into approval_review (request_id, reviewer_person, reviewer_name, reviewer_groups, verdict, comment)
                        values (:id, :person, :name, :groups, :verdict, :comment)
                        """)
                .param("id", id.value())
                .param("person", reviewer.id().claim())
                .param("name", reviewer.name())
                .param("groups", reviewer.groups().toArray(new String[0]))
                .param("verdict", verdict.name())
                .param("comment", comment)
                .update();
    }

    /** Tells every gateway that this hold was decided; heard when the transaction commits. */
    void announce(ApprovalId id, StatementId statement) {
        jdbc.sql("select pg_notify('snowgate', :message)")
                .param("message", "review:" + id.value() + ":" + statement)
                .query((row, n) -> n)
                .list();
    }

    /** Changes whenever the list of waiting requests or the list of decided ones does. */
    record Cursor(int waiting, long which, @Nullable Instant decided) {}

    /** A row with its analysis, from which its tags are made. */
    record StoredEntry(ApprovalEntry entry, RecordedAnalysis analysis, String account) {}

    private static StoredEntry entry(ResultSet row) throws SQLException {
        RequestState state = RequestState.valueOf(row.getString("state"));
        Instant decidedAt = time(row, "decided_at");
        ApprovalEntry entry = new ApprovalEntry(
                new ApprovalId(row.getLong("id")),
                state,
                title(row),
                row.getString("agent"),
                Optional.ofNullable(row.getString("requester_person")),
                List.of(),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                decidedAt == null
                        ? Optional.empty()
                        : Optional.of(new ApprovalEntry.Decided(
                                text(row.getString("decided_name")), decidedAt, text(row.getString("comment")))));
        byte[] analysis = row.getBytes("analysis");
        return new StoredEntry(
                entry,
                analysis == null
                        ? new RecordedAnalysis(List.of(), Optional.empty())
                        : Encoding.ANALYSIS.decode(analysis),
                row.getString("account"));
    }

    private static ApprovalRequest request(ResultSet row) throws SQLException {
        StoredEntry stored = entry(row);
        List<String> owners = texts(row.getArray("requester_owners"));
        byte[] decision = row.getBytes("decision");
        long version = row.getLong("policy_version");
        Optional<Long> policyVersion = row.wasNull() ? Optional.empty() : Optional.of(version);
        return new ApprovalRequest(
                stored.entry(),
                new StatementId(row.getObject("statement_id", UUID.class)),
                new SessionId(row.getObject("session_id", UUID.class)),
                stored.account(),
                owners,
                stored.entry().person().isEmpty() && owners.isEmpty() && !row.getBoolean("requester_may_be_unknown"),
                row.getString("approver_group"),
                row.getString("rule"),
                row.getString("reason"),
                (row.getString("client_name") + " " + row.getString("client_version")).strip(),
                Encoding.SESSION_CONTEXT.decode(row.getBytes("context")),
                stored.analysis(),
                decision == null ? Optional.empty() : Optional.of(Encoding.DECISION.decode(decision)),
                policyVersion,
                row.getBoolean("bindings"),
                row.getString("shape"));
    }

    private static String title(ResultSet row) throws SQLException {
        String title = row.getString("title");
        return title == null || title.isBlank() ? "Statement not understood" : title;
    }

    private static List<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}

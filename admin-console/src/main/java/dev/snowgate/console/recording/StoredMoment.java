package dev.snowgate.console.recording;

import dev.snowgate.codec.Encoding;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.recording.RecordedAnalysis;
import dev.snowgate.recording.RecordedDecision;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One statement's row with all that the trail needs; values still sealed. */
record StoredMoment(
        ReplayStep step,
        String account,
        byte @Nullable [] sealedText,
        RecordedAnalysis analysis,
        Optional<RecordedDecision> decision,
        Optional<MaskPlan> masks,
        Optional<Long> policyVersion,
        String client,
        String network,
        Optional<Instant> policyAt,
        Optional<Instant> sentAt,
        Optional<Instant> endedAt,
        String queryId,
        String errorCode,
        long bytes,
        Optional<Review> review) {

    /** What a person said. */
    record Review(boolean approved, String by, String groups, String comment, Instant at) {}

    static StoredMoment read(ResultSet row, ReplayStep step) throws SQLException {
        byte[] analysis = row.getBytes("analysis");
        byte[] decision = row.getBytes("decision");
        byte[] masks = row.getBytes("mask_plan");
        long version = row.getLong("policy_version");
        Optional<Long> policyVersion = row.wasNull() ? Optional.empty() : Optional.of(version);
        return new StoredMoment(
                step,
                row.getString("account"),
                row.getBytes("sealed_text"),
                analysis == null
                        ? new RecordedAnalysis(List.of(), Optional.empty())
                        : Encoding.ANALYSIS.decode(analysis),
                decision == null ? Optional.empty() : Optional.of(Encoding.DECISION.decode(decision)),
                masks == null ? Optional.empty() : Optional.of(Encoding.MASK_PLAN.decode(masks)),
                policyVersion,
                (row.getString("client_name") + " " + row.getString("client_version")).strip(),
                row.getString("network"),
                Optional.ofNullable(RecordingStore.time(row, "decided_at")),
                Optional.ofNullable(RecordingStore.time(row, "sent_at")),
                Optional.ofNullable(RecordingStore.time(row, "ended_at")),
                text(row.getString("upstream_query_id")),
                text(row.getString("error_code")),
                row.getLong("bytes"),
                review(row));
    }

    private static Optional<Review> review(ResultSet row) throws SQLException {
        String verdict = row.getString("verdict");
        Instant at = RecordingStore.time(row, "reviewed_at");
        if (verdict == null || at == null) {
            return Optional.empty();
        }
        Array groups = row.getArray("reviewer_groups");
        String group = text(row.getString("approver_group"));
        String shown = !group.isEmpty() || groups == null ? group : String.join(", ", (String[]) groups.getArray());
        return Optional.of(new Review(
                verdict.equals("APPROVE"),
                text(row.getString("reviewer_name")),
                shown,
                text(row.getString("comment")),
                at));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    @Override
    public String toString() {
        return "StoredMoment[" + step.id() + "]";
    }
}

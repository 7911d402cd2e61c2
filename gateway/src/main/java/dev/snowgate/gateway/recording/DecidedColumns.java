package dev.snowgate.gateway.recording;

import static dev.snowgate.gateway.recording.DatabaseStore.orNull;

import dev.snowgate.codec.Encoding;
import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.recording.EventKind;
import dev.snowgate.model.recording.SessionEvent;
import dev.snowgate.policy.Decision;
import dev.snowgate.policy.Obligations;
import dev.snowgate.recording.EncodedEvent;
import dev.snowgate.recording.RecordedAnalysis;
import dev.snowgate.recording.RecordedDecision;
import dev.snowgate.recording.StatementText;
import dev.snowgate.sealing.DataKey;
import dev.snowgate.sealing.Place;
import dev.snowgate.sql.ExecutedText;
import dev.snowgate.sql.SqlAnalysis;
import dev.snowgate.sql.StatementAnalysis;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** What was decided of a statement as columns of its row and as the event that says so. Literals are in the sealed text only. */
final class DecidedColumns {
    /** For {@code update statement set …}, with the parameters of {@link #parameters}. */
    static final String SET = """
            analysis = :analysis, decision = :decision, effect = :effect, rule = :rule, reason = :reason, mask_plan = :maskPlan,
            shape = :shape, title = :title, sealed_text = :sealedText, context = :context, epoch = :epoch,
            policy_version = :policyVersion, catalog_version = :catalogVersion, decided_at = coalesce(decided_at, :at)
            """;

    private static final int MOST_TOKENS = 50_000;
    private static final int LONGEST_TITLE = 300;
    private final AnalysedStatement analysed;
    private final RecordedAnalysis analysis;
    private final RecordedDecision decision;
    private final Optional<ExecutedText> executed;
    private final byte[] encodedAnalysis;
    private final byte[] encodedDecision;
    private final byte[] sealedText;
    private final Optional<String> executedDigest;

    /** Encodes and seals at once: texts of many literals take seconds, so it is made on the {@link SealingLane}. */
    private DecidedColumns(AnalysedStatement analysed, Decision decision, DataKey key) {
        this.analysed = analysed;
        this.analysis = RecordedAnalysis.from(analysed.analysis());
        this.decision = RecordedDecision.from(decision);
        this.executed = executed(analysed.analysis());
        this.encodedAnalysis = Encoding.ANALYSIS.encode(analysis);
        this.encodedDecision = Encoding.DECISION.encode(this.decision);
        this.sealedText = key.seal(
                Encoding.STATEMENT_TEXT.encode(
                        new StatementText(analysed.statement().text(), executed)),
                Place.ofStatement(analysed.statement().id(), "sealed_text"));
        this.executedDigest =
                executed.map(e -> HexFormat.of().formatHex(key.digest(e.text().getBytes(StandardCharsets.UTF_8))));
        decision().obligations().ifPresent(this::requirePlans);
    }

    /** The columns, made where big texts stop nobody. */
    static Mono<DecidedColumns> of(SealingLane lane, AnalysedStatement analysed, Decision decision, DataKey key) {
        return lane.run(analysed.statement().text().length(), () -> new DecidedColumns(analysed, decision, key));
    }

    /** A statement without its own plan would have nothing to say what is masked. */
    private void requirePlans(Obligations obligations) {
        if (obligations.masks().size() != analysis.statements().size()) {
            throw new IllegalStateException("there is not one mask plan per statement");
        }
    }

    Map<String, Object> parameters(Instant at) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("id", analysed.statement().id().value());
        parameters.put("analysis", encodedAnalysis);
        parameters.put("decision", encodedDecision);
        parameters.put("effect", decision.effect().name());
        parameters.put("rule", decision.rule());
        parameters.put("reason", decision.reason());
        parameters.put("maskPlan", orNull(plan().map(Encoding.MASK_PLAN::encode), byte[].class));
        parameters.put("shape", shape());
        parameters.put("title", title());
        parameters.put("sealedText", sealedText);
        parameters.put(
                "context", Encoding.SESSION_CONTEXT.encode(analysed.statement().context()));
        parameters.put("epoch", analysed.statement().context().epoch());
        parameters.put("policyVersion", decision.trail().policyVersion());
        parameters.put("catalogVersion", analysed.catalog().version());
        parameters.put("at", at);
        return parameters;
    }

    /** The event; the digest under the session's key ties the executed text to the chain without telling it. */
    EncodedEvent event(Locked row, Instant at) {
        return event(row.session(), at);
    }

    /** The same for a statement that is not locked yet. */
    EncodedEvent event(SessionId session, Instant at) {
        Map<String, String> facts = new HashMap<>();
        facts.put("effect", decision.effect().name());
        facts.put("rule", decision.rule());
        facts.put("reason", decision.reason());
        facts.put("title", title());
        facts.put("policyVersion", Long.toString(decision.trail().policyVersion()));
        facts.put("catalogVersion", Long.toString(analysed.catalog().version()));
        facts.put("decision", new String(encodedDecision, StandardCharsets.UTF_8));
        facts.put("analysis", new String(encodedAnalysis, StandardCharsets.UTF_8));
        executedDigest.ifPresent(digest -> facts.put("executedDigest", digest));
        Statement statement = analysed.statement();
        return EncodedEvent.of(SessionEvent.of(
                session,
                statement.id(),
                EventKind.DECIDED,
                at,
                statement.session().principal().agent().value(),
                facts));
    }

    RecordedAnalysis analysis() {
        return analysis;
    }

    RecordedDecision decision() {
        return decision;
    }

    String shape() {
        return executed.map(ExecutedText::shape).orElse("");
    }

    String title() {
        List<StatementAnalysis> statements = analysis.statements();
        String title = analysis.problem()
                .map(problem -> "Not understood: " + problem.construct())
                .orElseGet(() -> statements.isEmpty()
                        ? "Nothing"
                        : statements.size() == 1
                                ? statements.getFirst().title()
                                : statements.size() + " statements: "
                                        + statements.getFirst().title() + ", …");
        return title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE);
    }

    /** One plan per statement of the request; empty where it was denied. */
    List<MaskPlan> plans() {
        return decision.obligations().map(Obligations::masks).orElse(List.of());
    }

    /** The plan of the request's own reply: the one statement's, or none, because several have replies of their own. */
    private Optional<MaskPlan> plan() {
        return decision.obligations()
                .map(obligations ->
                        obligations.masks().size() == 1 ? obligations.masks().getFirst() : MaskPlan.none());
    }

    private static Optional<ExecutedText> executed(SqlAnalysis analysis) {
        return switch (analysis) {
            case SqlAnalysis.Understood understood -> Optional.of(understood.executed());
            // A refused text of a million tokens is kept as it came: taking it apart would stop everybody else for
            // seconds.
            case SqlAnalysis.NotUnderstood not ->
                not.executed().filter(text -> text.tokens().size() <= MOST_TOKENS);
        };
    }
}

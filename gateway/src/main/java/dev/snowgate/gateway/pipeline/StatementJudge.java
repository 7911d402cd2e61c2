package dev.snowgate.gateway.pipeline;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.gateway.catalog.CurrentCatalog;
import dev.snowgate.gateway.policy.CurrentPolicy;
import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.gateway.statement.StatementLedger;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.TransactionState;
import dev.snowgate.policy.Decision;
import dev.snowgate.policy.DecisionRequest;
import dev.snowgate.policy.PolicyTrail;
import dev.snowgate.sql.SqlAnalyser;
import dev.snowgate.sql.SqlAnalysis;
import dev.snowgate.sql.StatementAnalysis;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Stages 5 and 6: analyse, then decide. Gathers what the analyser may know — the catalog of now, the lineage of the query ids
 * that the text names — and asks the published policy. Always emits; a fault of its own is a fault, never an allowance.
 */
public final class StatementJudge {
    /** Names that are looked up one after the other for one statement. */
    private static final int MOST_ROUNDS = 12;

    private final AnalysisLane lane;
    private final SqlAnalyser analyser;
    private final CurrentCatalog catalog;
    private final CurrentPolicy policy;
    private final QueryReferences references;
    private final Clock clock;
    private final ZoneId zone;

    public StatementJudge(
            AnalysisLane lane,
            SqlAnalyser analyser,
            CurrentCatalog catalog,
            CurrentPolicy policy,
            StatementLedger ledger,
            Clock clock,
            ZoneId zone) {
        this.lane = lane;
        this.analyser = analyser;
        this.catalog = catalog;
        this.policy = policy;
        this.references = new QueryReferences(ledger);
        this.clock = clock;
        this.zone = zone;
    }

    /** Judges the statement on the catalog and the policy of now. */
    Mono<Judgement> judge(Statement statement) {
        return references
                .resolve(statement)
                .flatMap(resolved -> analyse(statement, resolved))
                .flatMap(analysed -> lane.run(() -> decide(analysed)));
    }

    private Mono<AnalysedStatement> analyse(Statement statement, QueryReferences.Resolved resolved) {
        return catalog.snapshot(statement.session().account())
                .flatMap(snapshot -> lane.run(() -> analyse(statement, resolved, snapshot)))
                .flatMap(first -> lookUpMissing(first, resolved, MOST_ROUNDS));
    }

    private AnalysedStatement analyse(
            Statement statement, QueryReferences.Resolved resolved, CatalogSnapshot account) {
        SessionContext context = statement.context();
        CatalogSnapshot snapshot = context.overlay().over(account, context.temporaryObjects());
        SqlAnalysis analysis = analyser.analyse(resolved.text(), context, snapshot, resolved.lineage());
        return new AnalysedStatement(statement, resolved.translate(analysis), snapshot);
    }

    /**
     * Objects that the catalog does not know are asked for, bounded; what stays unknown is refused by the policy. Several rounds,
     * because the analysis may stop at the first unknown name and a view names tables of its own.
     */
    private Mono<AnalysedStatement> lookUpMissing(
            AnalysedStatement before, QueryReferences.Resolved resolved, int rounds) {
        List<dev.snowgate.catalog.ObjectName> missing = MissingObjects.of(before);
        if (missing.isEmpty() || rounds == 0) {
            return Mono.just(before);
        }
        return catalog.withLookedUp(before.statement().session(), before.catalog(), missing)
                .flatMap(snapshot -> lane.run(() -> analyse(before.statement(), resolved, snapshot)))
                .flatMap(after -> MissingObjects.of(after).equals(missing)
                        ? Mono.just(after)
                        : lookUpMissing(after, resolved, rounds - 1))
                .defaultIfEmpty(before);
    }

    private Judgement decide(AnalysedStatement analysed) {
        Statement statement = analysed.statement();
        Decision decision = policy.current()
                .decide(new DecisionRequest(
                        statement.session().principal(),
                        statement.session().client(),
                        statement.dialect(),
                        analysed.analysis(),
                        statement.context(),
                        analysed.catalog(),
                        clock.instant(),
                        zone));
        return guard(analysed, decision);
    }

    /** What holds whatever the policy says. Each can only refuse. */
    private Judgement guard(AnalysedStatement analysed, Decision decision) {
        Statement statement = analysed.statement();
        if (analysed.analysis() instanceof SqlAnalysis.NotUnderstood) {
            return new Judgement(analysed, decision, GatewayErrorCode.NOT_UNDERSTOOD);
        }
        int counted = analysed.statements().size();
        int declared = statement.statementCount().orElse(1);
        if (declared != 0 && declared != counted) {
            return refused(
                    analysed,
                    decision,
                    GatewayErrorCode.STATEMENT_COUNT_MISMATCH,
                    "statement-count",
                    "Actual statement count " + counted + " did not match the desired statement count " + declared
                            + ".",
                    "Set MULTI_STATEMENT_COUNT to the number of statements, or send one statement at a time.");
        }
        if (statement.session().drifted() && !onlyUse(analysed)) {
            return refused(
                    analysed,
                    decision,
                    GatewayErrorCode.SESSION_DRIFTED,
                    "session-drifted",
                    "The session's context in Snowflake is not what the gateway expects, so nothing but USE runs.",
                    "Send USE DATABASE, USE SCHEMA, USE WAREHOUSE or USE ROLE with full names, or log in again.");
        }
        if (decision instanceof Decision.RequireApproval held
                && !statement.describeOnly()
                && statement.context().transaction() != TransactionState.NONE) {
            return refused(
                    analysed,
                    decision,
                    GatewayErrorCode.HOLD_IN_TRANSACTION,
                    held.rule(),
                    "It needs an approval (rule " + held.rule()
                            + "), and a transaction is open: waiting would hold its locks.",
                    "Commit or roll back, then send the same statement again.");
        }
        return new Judgement(analysed, decision, GatewayErrorCode.POLICY_DENIED);
    }

    private static boolean onlyUse(AnalysedStatement analysed) {
        return analysed.statements().stream().allMatch(StatementJudge::isUse);
    }

    private static boolean isUse(StatementAnalysis statement) {
        return switch (statement.kind()) {
            case USE_DATABASE, USE_SCHEMA, USE_WAREHOUSE, USE_ROLE -> true;
            default -> false;
        };
    }

    private static Judgement refused(
            AnalysedStatement analysed,
            Decision asked,
            GatewayErrorCode code,
            String rule,
            String reason,
            String advice) {
        if (asked instanceof Decision.Deny) {
            return new Judgement(analysed, asked, GatewayErrorCode.POLICY_DENIED);
        }
        PolicyTrail trail = asked.trail();
        return new Judgement(analysed, new Decision.Deny(rule, reason, advice, trail), code);
    }
}

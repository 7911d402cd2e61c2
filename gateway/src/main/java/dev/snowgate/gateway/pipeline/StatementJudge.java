package dev.snowgate.gateway.pipeline;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.gateway.catalog.CurrentCatalog;
import dev.snowgate.gateway.policy.CurrentPolicy;
import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.gateway.statement.StatementLedger;
import dev.snowgate.model.network.Addresses;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.TransactionState;
import dev.snowgate.policy.Decision;
import dev.snowgate.policy.DecisionRequest;
import dev.snowgate.policy.PolicyTrail;
import dev.snowgate.policy.RequestFacts;
import dev.snowgate.sql.SqlAnalyser;
import dev.snowgate.sql.SqlAnalysis;
import dev.snowgate.sql.StatementAnalysis;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
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
    private final RecentAnalyses recent = new RecentAnalyses();
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
                .flatMap(resolved -> catalog.snapshot(statement.session().account())
                        .flatMap(snapshot -> look(statement, resolved, snapshot, List.of(), MOST_ROUNDS)));
    }

    /**
     * Analyses and, where nothing is missing, decides in one visit of the lane. Objects that the catalog does not know are asked for,
     * bounded; what stays unknown is refused by the policy. Several rounds, because the analysis may stop at the first unknown name
     * and a view names tables of its own.
     */
    private Mono<Judgement> look(
            Statement statement,
            QueryReferences.Resolved resolved,
            CatalogSnapshot snapshot,
            List<ObjectName> asked,
            int rounds) {
        return lane.run(() -> look(statement, resolved, snapshot, asked, rounds == 0))
                .flatMap(look -> look.judgement()
                        .map(Mono::just)
                        .orElseGet(() -> lookUpMissing(statement, resolved, look, rounds)));
    }

    private Mono<Judgement> lookUpMissing(
            Statement statement, QueryReferences.Resolved resolved, Look look, int rounds) {
        return catalog.withLookedUp(statement.session(), look.analysed().catalog(), look.missing())
                .flatMap(snapshot -> look(statement, resolved, snapshot, look.missing(), rounds - 1))
                .switchIfEmpty(Mono.defer(() -> lane.run(() -> decide(look.analysed()))));
    }

    private Look look(
            Statement statement,
            QueryReferences.Resolved resolved,
            CatalogSnapshot snapshot,
            List<ObjectName> asked,
            boolean last) {
        AnalysedStatement analysed = analyse(statement, resolved, snapshot);
        List<ObjectName> missing = MissingObjects.of(analysed);
        boolean settled = missing.isEmpty() || last || missing.equals(asked);
        return new Look(analysed, missing, settled ? Optional.of(decide(analysed)) : Optional.empty());
    }

    private AnalysedStatement analyse(Statement statement, QueryReferences.Resolved resolved, CatalogSnapshot account) {
        SessionContext context = statement.context();
        CatalogSnapshot snapshot = context.overlay().over(account, context.temporaryObjects());
        // The lineage of other results is not part of the key.
        boolean alone = resolved.owned().isEmpty();
        Optional<SqlAnalysis> known = alone ? recent.find(resolved.text(), context, account) : Optional.empty();
        SqlAnalysis analysis =
                known.orElseGet(() -> analyser.analyse(resolved.text(), context, snapshot, resolved.lineage()));
        if (alone && known.isEmpty()) {
            recent.keep(resolved.text(), context, account, analysis);
        }
        return new AnalysedStatement(statement, resolved.translate(analysis), snapshot);
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
                        zone,
                        new RequestFacts(
                                Addresses.parse(statement.session().network()),
                                statement.session().readProtected(),
                                statement.bindings().texts())));
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

    /** One look at a statement: what is missing, or what was decided. */
    private record Look(AnalysedStatement analysed, List<ObjectName> missing, Optional<Judgement> judgement) {}
}

package dev.snowgate.gateway.pipeline;

import dev.snowgate.gateway.statement.Admission;
import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.ClearedDescribe;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.Outcome;
import dev.snowgate.gateway.statement.StatementLedger;
import dev.snowgate.gateway.statement.Upstream;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.policy.Decision;
import dev.snowgate.sql.SqlAnalyser;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Compile-only requests: judged like the statement and never held. Denied is refused; everything else is compiled, and only the
 * metadata comes back.
 */
final class Describes {
    private final StatementLedger ledger;
    private final Upstream upstream;
    private final Delivery delivery;
    private final Runs runs;

    Describes(StatementLedger ledger, Upstream upstream, Delivery delivery, Runs runs) {
        this.ledger = ledger;
        this.upstream = upstream;
        this.delivery = delivery;
        this.runs = runs;
    }

    Mono<Outcome> describe(Judgement judgement, LedgerEntry entry) {
        AnalysedStatement analysed = judgement.analysed();
        if (judgement.decision() instanceof Decision.Deny deny) {
            return runs.refuse(judgement, deny);
        }
        if (analysed.statements().size() != 1
                || !SqlAnalyser.describable(analysed.statements().getFirst())) {
            return runs.refuse(
                    new Judgement(analysed, judgement.decision(), GatewayErrorCode.CANNOT_PREPARE),
                    new Decision.Deny(
                            "not-describable",
                            "This kind of statement cannot be prepared.",
                            "Execute it without preparing it.",
                            judgement.decision().trail()));
        }
        return switch (judgement.decision()) {
            case Decision.Allow allow ->
                compile(judgement, Clearance.describe(analysed, allow, entry.upstreamRequestId()), entry);
            case Decision.RequireApproval held ->
                compile(judgement, Clearance.describe(analysed, held, entry.upstreamRequestId()), entry);
            case Decision.Deny deny -> runs.refuse(judgement, deny);
        };
    }

    private Mono<Outcome> compile(Judgement judgement, ClearedDescribe cleared, LedgerEntry entry) {
        return ledger.admitDescribe(judgement.analysed(), judgement.decision(), cleared)
                .flatMap(admission -> switch (admission) {
                    case Admission.Admitted admitted -> upstream.describe(cleared);
                    case Admission.Busy busy -> Mono.<UpstreamReply>error(Runs.tryAgain(entry));
                    case Admission.ContextChanged changed -> Mono.<UpstreamReply>error(Runs.tryAgain(entry));
                    case Admission.Superseded superseded -> Mono.<UpstreamReply>error(Runs.tryAgain(entry));
                })
                .flatMap(reply -> answer(judgement, cleared, entry, reply));
    }

    private Mono<Outcome> answer(Judgement judgement, ClearedDescribe cleared, LedgerEntry entry, UpstreamReply reply) {
        return switch (reply) {
            case UpstreamReply.Complete complete ->
                delivery.describe(entry, complete, plan(cleared.obligations().masks()));
            case UpstreamReply.Failed failed ->
                ledger.failed(
                                entry.id(),
                                failed,
                                ScrubbedError.of(
                                        judgement.analysed(),
                                        cleared.obligations().masks(),
                                        failed),
                                java.util.Optional.empty())
                        .map(Delivery::failed);
            case UpstreamReply.InProgress running -> Mono.error(Runs.tryAgain(entry));
        };
    }

    private static MaskPlan plan(List<MaskPlan> plans) {
        return plans.size() == 1 ? plans.getFirst() : MaskPlan.none();
    }
}

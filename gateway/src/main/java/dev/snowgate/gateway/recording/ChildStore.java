package dev.snowgate.gateway.recording;

import dev.snowgate.codec.Encoding;
import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.recording.RecordedAnalysis;
import dev.snowgate.sql.StatementAnalysis;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Statements of a request of several: entries of their own, each with its own id and mask plan. */
final class ChildStore {
    private static final String INSERT = """
        insert into statement (id, session_id, account, agent, person_claim, dialect, parent, child_index, async, state, title,
            context, epoch, analysis, effect, rule, mask_plan, policy_version, catalog_version, upstream_query_id, received_at,
            decided_at, sent_at, started_at, ended_at)
        select :id, p.session_id, p.account, p.agent, p.person_claim, p.dialect, p.id, :index, p.async, 'SUCCEEDED', :title,
            p.context, p.epoch, :analysis, p.effect, p.rule, :maskPlan, p.policy_version, p.catalog_version, :query, p.received_at,
            p.decided_at, p.sent_at, p.started_at, p.ended_at
        from statement p where p.id = :parent
        """;
    private final DatabaseStore database;

    ChildStore(DatabaseStore database) {
        this.database = database;
    }

    /** Within the caller's transaction. Ids beyond the statements that were cleared would have no plan: that is a fault. */
    Mono<Void> insert(Locked row, AnalysedStatement analysed, Run run, UpstreamReply.Complete reply) {
        int children = reply.childIds().size();
        if (children > analysed.statements().size() || children > run.plans().size()) {
            return Mono.error(new IllegalStateException("the reply names more statements than were cleared"));
        }
        return Flux.range(0, children)
                .concatMap(index -> insert(
                        row,
                        index,
                        analysed.statements().get(index),
                        run.plans().get(index),
                        reply))
                .then();
    }

    private Mono<Long> insert(
            Locked row, int index, StatementAnalysis analysis, MaskPlan plan, UpstreamReply.Complete reply) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("id", StatementId.random().value());
        parameters.put("parent", row.id().value());
        parameters.put("index", index);
        parameters.put("title", analysis.title());
        parameters.put("analysis", Encoding.ANALYSIS.encode(new RecordedAnalysis(List.of(analysis), Optional.empty())));
        parameters.put("maskPlan", Encoding.MASK_PLAN.encode(plan));
        parameters.put("query", reply.childIds().get(index).value());
        return database.sql(INSERT, parameters).fetch().rowsUpdated();
    }
}

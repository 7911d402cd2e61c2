package dev.snowgate.gateway.edge;

import dev.snowgate.gateway.limits.AgentLimits;
import dev.snowgate.gateway.pipeline.StatementPipeline;
import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.Outcome;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.gateway.statement.StatementStatus;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** What the edge asks of the pipeline. */
interface StatementPort {
    Mono<Outcome> submit(Statement statement);

    Mono<Outcome> poll(AgentSession session, String id, Instant arrivedAt);

    Mono<Outcome> cancel(AgentSession session, String id);

    Mono<Outcome> cancelRequest(AgentSession session, String requestId);

    Mono<StatementStatus> status(AgentSession session, String id);

    /** The real one, within the limits of each agent; a poll waits and takes no place. */
    record Live(StatementPipeline pipeline, AgentLimits limits) implements StatementPort {
        @Override
        public Mono<Outcome> submit(Statement statement) {
            return limits.guard(statement.session().principal().agent(), pipeline.submit(statement));
        }

        @Override
        public Mono<Outcome> poll(AgentSession session, String id, Instant arrivedAt) {
            return limits.begin(session.principal().agent(), pipeline.poll(session, id, arrivedAt));
        }

        @Override
        public Mono<Outcome> cancel(AgentSession session, String id) {
            return limits.begin(session.principal().agent(), pipeline.cancel(session, id));
        }

        @Override
        public Mono<Outcome> cancelRequest(AgentSession session, String requestId) {
            return limits.begin(session.principal().agent(), pipeline.cancelRequest(session, requestId));
        }

        @Override
        public Mono<StatementStatus> status(AgentSession session, String id) {
            return limits.begin(session.principal().agent(), pipeline.status(session, id));
        }
    }
}

package dev.snowgate.gateway.pipeline;

import dev.snowgate.gateway.approval.ReleaseSignals;
import dev.snowgate.gateway.catalog.CurrentCatalog;
import dev.snowgate.gateway.policy.CurrentPolicy;
import dev.snowgate.gateway.session.LiveSessions;
import dev.snowgate.gateway.session.Sessions;
import dev.snowgate.gateway.statement.ChunkVault;
import dev.snowgate.gateway.statement.Grants;
import dev.snowgate.gateway.statement.PartMasker;
import dev.snowgate.gateway.statement.ResultMasker;
import dev.snowgate.gateway.statement.StatementLedger;
import dev.snowgate.gateway.statement.Upstream;
import dev.snowgate.sql.AnalysisLimits;
import dev.snowgate.sql.SqlAnalyser;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the pipeline together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PipelineProperties.class)
public class PipelineConfiguration {
    @Bean
    AnalysisLane analysisLane(PipelineProperties properties) {
        int threads = properties.analysisThreads() > 0
                ? properties.analysisThreads()
                : Runtime.getRuntime().availableProcessors();
        return new AnalysisLane(threads, properties.analysisQueue());
    }

    @Bean
    StatementJudge statementJudge(
            AnalysisLane lane,
            CurrentCatalog catalog,
            CurrentPolicy policy,
            StatementLedger ledger,
            PipelineProperties properties,
            Clock clock) {
        return new StatementJudge(
                lane, new SqlAnalyser(AnalysisLimits.defaults()), catalog, policy, ledger, clock, properties.zone());
    }

    @Bean
    Executions executions(Upstream upstream, StatementLedger ledger, CurrentCatalog catalog, Clock clock) {
        return new Executions(new Execution(upstream, ledger, catalog, clock));
    }

    @Bean
    Delivery delivery(
            Upstream upstream,
            StatementLedger ledger,
            ResultMasker masker,
            StatementJudge judge,
            ChunkVault vault,
            PartMasker parts) {
        return new Delivery(upstream, ledger, masker, judge, new Parts(upstream, vault, parts));
    }

    @Bean
    Runs runs(
            StatementLedger ledger,
            Upstream upstream,
            Executions executions,
            Delivery delivery,
            StatementJudge judge,
            ReleaseSignals signals,
            Clock clock) {
        return new Runs(ledger, upstream, executions, delivery, judge, signals, clock);
    }

    @Bean
    Holds holds(
            StatementLedger ledger,
            Grants grants,
            ReleaseSignals signals,
            Runs runs,
            StatementJudge judge,
            Clock clock) {
        return new Holds(ledger, grants, signals, runs, judge, clock);
    }

    @Bean
    Refreshes refreshes(StatementLedger ledger, LiveSessions sessions, Delivery delivery) {
        return new Refreshes(ledger, sessions, delivery);
    }

    @Bean
    StatementPipeline statementPipeline(
            StatementLedger ledger,
            StatementJudge judge,
            Holds holds,
            Runs runs,
            Upstream upstream,
            Delivery delivery) {
        return new StatementPipeline(
                ledger, judge, holds, runs, new Describes(ledger, upstream, delivery, runs), delivery);
    }

    @Bean
    Housekeeping housekeeping(
            StatementLedger ledger,
            Executions executions,
            Holds holds,
            StatementJudge judge,
            ReleaseSignals signals,
            LiveSessions live,
            Sessions sessions,
            PipelineProperties properties,
            Clock clock) {
        Housekeeping housekeeping = new Housekeeping(
                ledger,
                executions,
                holds,
                new Recovery(ledger, executions, judge, clock),
                signals,
                live,
                sessions,
                properties.abandonedAfter());
        housekeeping.register();
        return housekeeping;
    }
}

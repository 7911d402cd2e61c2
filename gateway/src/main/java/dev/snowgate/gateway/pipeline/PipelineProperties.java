package dev.snowgate.gateway.pipeline;

import java.time.Duration;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The way of a statement: prefix {@code snowgate.pipeline}.
 *
 * @param abandonedAfter a synchronous held statement that nobody asked for this long ends and never runs
 * @param analysisThreads threads that analyse; 0 means one per core
 * @param analysisQueue texts that may wait for a thread; more are refused as overload
 * @param zone time zone of time windows in policies
 */
@ConfigurationProperties("snowgate.pipeline")
public record PipelineProperties(
        @DefaultValue("5m") Duration abandonedAfter,
        @DefaultValue("0") int analysisThreads,
        @DefaultValue("256") int analysisQueue,
        @DefaultValue("UTC") ZoneId zone) {
    public PipelineProperties {
        if (abandonedAfter.compareTo(Duration.ofSeconds(90)) < 0) {
            throw new IllegalArgumentException(
                    "'snowgate.pipeline.abandoned-after' must be at least 90s: polls come up to 40 s apart");
        }
        if (analysisThreads < 0 || analysisQueue < 1) {
            throw new IllegalArgumentException("'snowgate.pipeline.analysis-*' must be positive");
        }
    }
}

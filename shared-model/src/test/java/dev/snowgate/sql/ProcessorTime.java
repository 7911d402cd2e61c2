package dev.snowgate.sql;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/** What an analysis costs in processor time of its own thread, which the load of the machine does not change. */
final class ProcessorTime {
    /** The limit of an analysis, and what may lie between two looks at the clock. */
    static final Duration MOST = Duration.ofMillis(AnalysisLimits.defaults().parseMillis() + 500);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private ProcessorTime() {}

    /** An analysis and the processor time that it took. */
    record Measured(SqlAnalysis analysis, Duration processor) {}

    /** All of the analysis is done by the calling thread: the second reader works in it too. */
    static Measured analyse(String text) {
        long before = THREADS.getCurrentThreadCpuTime();
        SqlAnalysis analysis = SampleCatalog.analyse(text);
        return new Measured(analysis, Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - before));
    }
}

package dev.snowgate.sql.syntax;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * The end of the time for one text. Asked in every loop that a text can make long; one per text, for the thread that made it, and not thread-safe.
 * The time is processor time, so that a loaded machine does not refuse what an idle one reads; where the processor is not to be had at all,
 * {@link #PATIENCE} times as much by the clock is the end too.
 */
public final class Deadline {
    /** Asking the clock costs more than a token: only every so many steps. */
    private static final int STEPS = 128;

    private static final int PATIENCE = 5;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long processorEnd;
    private final long clockEnd;
    private final long earliest;
    private final boolean processor;
    private final int millis;
    private int steps;

    private Deadline(int millis) {
        this.millis = millis;
        this.processor = THREADS.isCurrentThreadCpuTimeSupported()
                && THREADS.isThreadCpuTimeEnabled()
                && !Thread.currentThread().isVirtual();
        this.processorEnd = (processor ? THREADS.getCurrentThreadCpuTime() : 0) + nanos(millis);
        this.earliest = System.nanoTime() + nanos(millis);
        this.clockEnd = System.nanoTime() + nanos(millis) * (processor ? PATIENCE : 1);
    }

    /** That many milliseconds from now. */
    public static Deadline in(int millis) {
        return new Deadline(millis);
    }

    /** Counts a step; fails once the time is over. */
    public void step() {
        if (++steps >= STEPS) {
            steps = 0;
            check();
        }
    }

    /** Asks the clock at once: before and after work that is more than a few steps. */
    public void check() {
        // a thread uses no more of the processor than of the time: so the dearer question is asked only late
        if (System.nanoTime() - earliest >= 0 && remainingNanos() <= 0) {
            throw new SyntaxProblem(
                    "too slow to read",
                    "Reading the text takes longer than " + millis + " ms.",
                    "Split the statement.",
                    -1);
        }
    }

    /** Milliseconds that are left, at least 0. */
    public long remainingMillis() {
        return Math.max(0, remainingNanos() / 1_000_000L);
    }

    private long remainingNanos() {
        long clock = clockEnd - System.nanoTime();
        return processor ? Math.min(clock, processorEnd - THREADS.getCurrentThreadCpuTime()) : clock;
    }

    private static long nanos(int millis) {
        return millis * 1_000_000L;
    }
}

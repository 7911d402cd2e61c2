package dev.snowgate.benchmarks;

import java.util.Arrays;
import java.util.stream.LongStream;

/** Durations in nanoseconds, sorted. */
record Latencies(long[] nanos) {
    Latencies {
        nanos = nanos.clone();
        Arrays.sort(nanos);
    }

    static Latencies of(LongStream nanos) {
        return new Latencies(nanos.toArray());
    }

    int count() {
        return nanos.length;
    }

    /** The duration that this share of all does not exceed, in milliseconds. */
    double millis(double quantile) {
        return nanos.length == 0
                ? 0
                : nanos[(int) Math.min(nanos.length - 1L, Math.round(nanos.length * quantile))] / 1e6;
    }
}

package dev.snowgate.benchmarks;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a process holds, in bytes, as {@code name=value} lines between processes.
 *
 * @param values peaks since the last reset, and what there is now
 */
record MemoryReading(Map<String, Long> values) {
    /** Heap in use, garbage included; peak since the reset. */
    static final String HEAP_PEAK = "heap.peak";
    /** Heap in use after any collection, so without what eden collected; peak since the reset. */
    static final String HEAP_AFTER_COLLECTION_PEAK = "heap.after-collection.peak";
    /** Heap in use after the newest collection that looked at everything. */
    static final String HEAP_LIVE = "heap.live";
    /** Buffers outside the heap that the JDK counts ({@code java.nio} pool "direct"); peak since the reset. */
    static final String DIRECT_PEAK = "direct.peak";
    /** Buffers outside the heap that Netty counts; 0 where it leaves that to the JDK. Peak since the reset. */
    static final String NETTY_PEAK = "netty.peak";
    /** Resident memory of the process, all of it; peak since the reset, 0 where the system does not tell. */
    static final String RESIDENT_PEAK = "resident.peak";
    /** Processor time of the process in nanoseconds since its start. */
    static final String PROCESSOR_NANOS = "processor.nanos";

    MemoryReading {
        values = Map.copyOf(values);
    }

    long get(String name) {
        return values.getOrDefault(name, 0L);
    }

    double mebibytes(String name) {
        return get(name) / 1048576.0;
    }

    String lines() {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("\n"));
    }

    static MemoryReading of(String lines) {
        return new MemoryReading(lines.lines()
                .filter(line -> line.contains("="))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')),
                        line -> Long.valueOf(line.substring(line.indexOf('=') + 1)))));
    }
}

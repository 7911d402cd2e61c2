package dev.snowgate.masking;

import java.util.Map;
import java.util.TreeMap;

/** How many spans each detector found. Not thread-safe: one per page or chunk. */
public final class DetectionCounts {
    private final Map<String, Long> counts = new TreeMap<>();

    /**
     * Adds one span.
     *
     * @param detector word of a detector, or name of a pattern
     */
    void found(String detector) {
        counts.merge(detector, 1L, Long::sum);
    }

    /** All spans. */
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Spans by detector, in the order of their words; detectors that found nothing are not in it. */
    public Map<String, Long> byDetector() {
        return java.util.Collections.unmodifiableMap(new TreeMap<>(counts));
    }

    /** For facts of the recording, such as {@code card 1, email 12}; empty text where nothing was found. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        counts.forEach((detector, count) -> text.append(text.isEmpty() ? "" : ", ")
                .append(detector)
                .append(' ')
                .append(count));
        return text.toString();
    }
}

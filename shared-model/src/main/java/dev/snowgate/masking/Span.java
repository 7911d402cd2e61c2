package dev.snowgate.masking;

import java.util.Comparator;

/**
 * A part of a text.
 *
 * @param end exclusive
 * @param label what it becomes, without brackets
 * @param rank detectors of lower rank name a span that several found
 */
record Span(int start, int end, String label, int rank) {
    static final Comparator<Span> ORDER = Comparator.comparingInt(Span::start);

    boolean overlaps(Span later) {
        return later.start < end;
    }

    Span joined(Span other) {
        Span name = other.rank < rank ? other : this;
        return new Span(Math.min(start, other.start), Math.max(end, other.end), name.label, name.rank);
    }
}

package dev.snowgate.console.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A session laid out on a line: time runs evenly, except that long idle times are cut to a fixed width and marked with
 * their length. Positions are in units of the drawing. Pure.
 */
public final class Timeline {
    private static final Duration IDLE = Duration.ofSeconds(150);
    private static final double IDLE_WIDTH = 64;
    private final Instant start;
    private final List<Segment> segments;

    private Timeline(Instant start, List<Segment> segments) {
        this.start = start;
        this.segments = List.copyOf(segments);
    }

    /**
     * A part of the line.
     *
     * @param from seconds since the start
     * @param to seconds since the start
     */
    public record Segment(double from, double to, double x, double x2, boolean idle) {}

    /** The layout of these steps between two positions. */
    public static Timeline of(Instant start, List<ReplayStep> steps, double from, double to) {
        List<double[]> busy = busy(start, steps);
        double end = busy.isEmpty() ? 1 : Math.max(1, busy.getLast()[1]);
        List<double[]> parts = parts(busy, end);
        double idleWidth = parts.stream().filter(p -> p[2] > 0).count() * IDLE_WIDTH;
        double active = parts.stream()
                .filter(p -> p[2] == 0)
                .mapToDouble(p -> p[1] - p[0])
                .sum();
        double scale = Math.max(0, to - from - idleWidth) / Math.max(1, active);
        List<Segment> segments = new ArrayList<>();
        double x = from;
        for (double[] part : parts) {
            double width = part[2] > 0 ? IDLE_WIDTH : (part[1] - part[0]) * scale;
            segments.add(new Segment(part[0], part[1], x, x + width, part[2] > 0));
            x += width;
        }
        return new Timeline(start, segments);
    }

    /** When something was going on, in order and without overlap. */
    private static List<double[]> busy(Instant start, List<ReplayStep> steps) {
        List<double[]> spans = new ArrayList<>();
        steps.stream().sorted(java.util.Comparator.comparing(ReplayStep::at)).forEach(step -> {
            double from = seconds(start, step.at());
            double to = Math.max(from, seconds(start, step.decidedAt()));
            if (!spans.isEmpty() && from - spans.getLast()[1] <= IDLE.toSeconds()) {
                spans.getLast()[1] = Math.max(spans.getLast()[1], to);
            } else {
                spans.add(new double[] {from, to});
            }
        });
        return spans;
    }

    private static List<double[]> parts(List<double[]> busy, double end) {
        List<double[]> parts = new ArrayList<>();
        double at = 0;
        for (double[] span : busy) {
            if (span[0] - at > IDLE.toSeconds()) {
                // A little air on both sides keeps marks off the edge of the gap.
                parts.add(new double[] {at, at + 20, 0});
                parts.add(new double[] {at + 20, span[0] - 20, 1});
                at = span[0] - 20;
            }
            parts.add(new double[] {at, span[1], 0});
            at = span[1];
        }
        if (parts.isEmpty()) {
            parts.add(new double[] {0, end, 0});
        }
        double[] last = parts.getLast();
        last[1] = Math.max(last[1], last[0] + 1) + 15;
        return parts;
    }

    private static double seconds(Instant start, Instant at) {
        return Math.max(0, Duration.between(start, at).toMillis() / 1000.0);
    }

    public Instant start() {
        return start;
    }

    public List<Segment> segments() {
        return segments;
    }

    /** Seconds since the start. */
    public double seconds(Instant at) {
        return seconds(start, at);
    }

    /** Where an instant lies. */
    public double x(Instant at) {
        double seconds = seconds(at);
        for (Segment segment : segments) {
            if (seconds <= segment.to()) {
                double share = Math.max(0, seconds - segment.from()) / Math.max(0.001, segment.to() - segment.from());
                return segment.x() + (segment.x2() - segment.x()) * share;
            }
        }
        return segments.getLast().x2();
    }

    /** The whole length in seconds. */
    public double end() {
        return segments.getLast().to();
    }
}

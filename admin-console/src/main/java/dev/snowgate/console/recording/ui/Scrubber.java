package dev.snowgate.console.recording.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.ClientCallable;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.slider.IntegerSlider;
import com.vaadin.flow.internal.JacksonUtils;
import dev.snowgate.console.recording.ReplayStep;
import dev.snowgate.console.recording.Timeline;
import dev.snowgate.console.shell.Svg;
import dev.snowgate.console.shell.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntConsumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The time line with three lanes: decided, waited, masked. The slider over it is what keyboards and screen readers use;
 * pointers drag the line itself. Both snap to statements.
 */
final class Scrubber extends Div {
    private static final long serialVersionUID = 1L;
    private static final double WIDTH = 1150;
    private static final double FROM = 64;
    private static final double TO = 1122;
    private static final double AXIS = 18;
    private static final double DECIDED = 36;
    private static final double WAITED = 62;
    private static final double FLOOR = 114;
    private static final double TALLEST = 32;
    private final transient List<ReplayStep> steps;
    private final transient Timeline timeline;
    private final transient IntConsumer reached;
    private final IntegerSlider slider;

    Scrubber(Instant start, List<ReplayStep> steps, IntConsumer reached) {
        this.steps = steps;
        this.timeline = Timeline.of(start, steps, FROM, TO);
        this.reached = reached;
        this.slider = new IntegerSlider(0, Math.max(1, steps.size() - 1));
        addClassName("sg-scrub-lanes");
        slider.setAriaLabel("Statement of this session");
        slider.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                reached.accept(change.getValue());
            }
        });
        add(drawing().component(), slider);
    }

    /** The script says which statement the playhead reached, or was dragged to. */
    @ClientCallable
    void reached(int step) {
        if (step >= 0 && step < steps.size()) {
            reached.accept(step);
        }
    }

    /** Moves playhead and slider to a statement. */
    void show(int step) {
        slider.setValue(step);
        getElement()
                .executeJs(
                        "window.snowgate && window.snowgate.place(this, $0)",
                        timeline.seconds(steps.get(step).decidedAt()));
    }

    void play(double speed, boolean skipIdle) {
        getElement().executeJs("window.snowgate.play(this, $0, $1)", speed, skipIdle);
    }

    void pause() {
        getElement().executeJs("window.snowgate.pause()");
    }

    double length() {
        return timeline.end();
    }

    @Override
    protected void onAttach(AttachEvent event) {
        getElement()
                .executeJs(
                        "const h = this, d = $0; const go = () => window.snowgate ? window.snowgate.scrub(h, d) : setTimeout(go, 50); go()",
                        times());
    }

    private ObjectNode times() {
        ObjectNode times = JacksonUtils.createObjectNode();
        times.put("start", timeline.start().toEpochMilli());
        times.put("zone", Times.zone().getId());
        times.put("from", FROM);
        times.put("end", timeline.end());
        times.put("at", 0);
        ArrayNode segments = times.putArray("segments");
        ArrayNode idle = times.putArray("idle");
        for (Timeline.Segment segment : timeline.segments()) {
            segments.addObject()
                    .put("t", segment.from())
                    .put("t2", segment.to())
                    .put("x", segment.x())
                    .put("x2", segment.x2());
            if (segment.idle()) {
                idle.addObject().put("t", segment.from()).put("t2", segment.to());
            }
        }
        ArrayNode moments = times.putArray("moments");
        steps.forEach(step -> moments.add(timeline.seconds(step.decidedAt())));
        return times;
    }

    private Svg drawing() {
        Svg svg = new Svg(WIDTH, 128, "Time line: " + steps.size() + " statements; the list beside it says the same");
        svg.text("Decided", "x", 0, "y", DECIDED + 4, "class", "sg-lane")
                .text("Waited", "x", 0, "y", WAITED + 4, "class", "sg-lane")
                .text("Masked", "x", 0, "y", 100, "class", "sg-lane");
        double top = 24;
        svg.add("rect", "class", "sg-fill-past sg-past", "x", FROM, "y", top, "width", 0, "height", FLOOR - top);
        for (double y : new double[] {DECIDED, WAITED, FLOOR}) {
            svg.add("path", "d", "M" + FROM + " " + y + "H" + TO, "class", "sg-stroke-line");
        }
        for (Timeline.Segment segment : timeline.segments()) {
            if (segment.idle()) {
                idle(svg, segment, top);
            } else {
                ticks(svg, segment);
            }
        }
        long most = Math.max(
                1, steps.stream().mapToLong(ReplayStep::maskedCells).max().orElse(1));
        steps.forEach(step -> marks(svg, step, most));
        svg.open("g", "class", "sg-playhead", "transform", "translate(" + FROM + " 0)");
        svg.add("path", "d", "M0 18V" + FLOOR, "class", "sg-stroke-ink")
                .add("circle", "cx", 0, "cy", FLOOR + 4, "r", 6, "class", "sg-head-knob");
        svg.add("rect", "x", -34, "y", 0, "width", 68, "height", 20, "rx", 6, "class", "sg-fill-ink");
        svg.text(
                Times.clock(timeline.start()),
                "x",
                0,
                "y",
                14,
                "text-anchor",
                "middle",
                "class",
                "sg-head-time sg-fill-on-ink");
        return svg.close("g");
    }

    private static void idle(Svg svg, Timeline.Segment segment, double top) {
        svg.add(
                "rect",
                "x",
                segment.x(),
                "y",
                top - 2,
                "width",
                segment.x2() - segment.x(),
                "height",
                FLOOR - top + 2,
                "class",
                "sg-fill-idle");
        svg.add(
                "path",
                "d",
                "M" + segment.x() + " " + (top - 2) + "V" + FLOOR + "M" + segment.x2() + " " + (top - 2) + "V" + FLOOR,
                "class",
                "sg-stroke-dots");
        long minutes = Math.round((segment.to() - segment.from()) / 60);
        svg.text(
                minutes + " min idle",
                "x",
                (segment.x() + segment.x2()) / 2,
                "y",
                WAITED + 10,
                "text-anchor",
                "middle");
    }

    private void ticks(Svg svg, Timeline.Segment segment) {
        double width = segment.x2() - segment.x();
        double seconds = segment.to() - segment.from();
        double every = 60 * Math.max(1, Math.ceil(seconds * 90 / Math.max(1, width) / 60));
        for (double at = segment.from(); at <= segment.to(); at += every) {
            Instant instant = timeline.start().plusMillis((long) (at * 1000));
            double x = timeline.x(instant);
            if (x <= segment.x2() - 20) {
                svg.text(Times.minute(instant), "x", x, "y", 13, "text-anchor", "middle")
                        .add("path", "d", "M" + x + " " + AXIS + "v4", "class", "sg-stroke-line");
            }
        }
    }

    private void marks(Svg svg, ReplayStep step, long most) {
        double x = timeline.x(step.decidedAt());
        step.waited()
                .filter(waited -> waited.compareTo(Duration.ofSeconds(1)) > 0)
                .ifPresent(waited -> {
                    double from = timeline.x(step.at());
                    svg.add(
                            "rect",
                            "x",
                            from,
                            "y",
                            WAITED - 4,
                            "width",
                            Math.max(4, x - from),
                            "height",
                            8,
                            "rx",
                            3,
                            "class",
                            "sg-fill-wait");
                    svg.add("path", "d", diamond(from, WAITED), "class", "sg-fill-held");
                    svg.add("path", "d", "M" + x + " " + DECIDED + "V" + WAITED, "class", "sg-stroke-dots");
                });
        switch (step.verdict()) {
            case ALLOWED -> svg.add("circle", "cx", x, "cy", DECIDED, "r", 4.5, "class", "sg-fill-allowed");
            case MASKED -> svg.add("path", "d", hexagon(x, DECIDED), "class", "sg-fill-masked");
            case HELD -> svg.add("path", "d", diamond(x, DECIDED), "class", "sg-fill-held");
            case DENIED ->
                svg.add(
                                "rect",
                                "x",
                                x - 5,
                                "y",
                                DECIDED - 5,
                                "width",
                                10,
                                "height",
                                10,
                                "rx",
                                1.5,
                                "class",
                                "sg-fill-denied")
                        .add(
                                "path",
                                "d",
                                "M" + (x - 2.2) + " " + (DECIDED - 2.2) + "l4.4 4.4M" + (x + 2.2) + " "
                                        + (DECIDED - 2.2) + "l-4.4 4.4",
                                "stroke",
                                "var(--sg-raised)",
                                "stroke-width",
                                1.5);
            case ENDED -> svg.add("circle", "cx", x, "cy", DECIDED, "r", 4.5, "class", "sg-fill-ended");
        }
        if (step.maskedCells() > 0) {
            double height = Math.max(4, TALLEST * step.maskedCells() / most);
            svg.add(
                    "rect",
                    "x",
                    x - 3,
                    "y",
                    FLOOR - height,
                    "width",
                    6,
                    "height",
                    height,
                    "rx",
                    1,
                    "class",
                    "sg-fill-masked");
        }
    }

    private static String diamond(double x, double y) {
        return "M" + x + " " + (y - 6) + "l6 6-6 6-6-6z";
    }

    private static String hexagon(double x, double y) {
        return "M" + (x - 3.2) + " " + (y - 5) + "h6.4l3.2 5-3.2 5h-6.4l-3.2-5z";
    }
}

package dev.snowgate.console.recording.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Input;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.NativeLabel;
import com.vaadin.flow.component.html.Span;
import dev.snowgate.console.shell.Icon;
import dev.snowgate.console.shell.Parts;
import dev.snowgate.console.shell.Segments;
import dev.snowgate.console.shell.Shape;
import dev.snowgate.console.shell.Times;
import java.time.Duration;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

/** Back, play, next, speed and the legend. Playing runs in the page's script. */
final class Transport extends Div {
    private static final long serialVersionUID = 1L;
    private final Scrubber line;
    private final NativeButton play = new NativeButton();
    private final Segments speed = new Segments("Speed", chosen -> again());
    static final String USUAL = "4";
    private static final Set<String> SPEEDS = Set.of("0.5", "1", "4", "16");
    private final transient BiConsumer<String, Boolean> paced;
    private boolean skipIdle;
    private boolean playing;

    /**
     * The buttons under the line.
     *
     * @param paced hears speed and whether idle time is skipped, when a person changed one of them
     */
    Transport(
            Scrubber line,
            String pace,
            boolean skipIdle,
            IntConsumer step,
            BiConsumer<String, Boolean> paced,
            Runnable nextRefusal) {
        this.line = line;
        this.paced = paced;
        this.skipIdle = skipIdle;
        addClassName("sg-transport");
        NativeButton back = Parts.pressedBy("ArrowLeft", Parts.button("", "", () -> step.accept(-1), Icon.BACK.mark()));
        back.getElement().setAttribute("aria-label", "Previous statement");
        NativeButton next = Parts.pressedBy("ArrowRight", Parts.button("", "", () -> step.accept(1), Icon.NEXT.mark()));
        next.getElement().setAttribute("aria-label", "Next statement");
        Parts.pressedBy(" ", play).addClickListener(click -> toggle());
        play.addClassNames("sg-button", "sg-play");
        play.setId("play");
        speed.choice("0.5", "½×")
                .choice("1", "1×")
                .choice("4", "4×")
                .choice("16", "16×")
                .show(pace);
        Span gone = Parts.span("00:00", "sg-num", "sg-strong", "sg-gone");
        Span time = new Span(
                gone,
                Parts.span(" of " + Times.length(Duration.ofSeconds((long) line.length())), "sg-second", "sg-num"));
        NativeButton refusal =
                Parts.pressedBy("n", Parts.button("Next refusal", "sg-wide", nextRefusal, Parts.key("N")));
        Div legend = Parts.div(
                "sg-legend",
                entry(Shape.ALLOWED, "allowed"),
                entry(Shape.MASKED, "allowed, masked"),
                entry(Shape.HELD, "held"),
                entry(Shape.DENIED, "denied"),
                refusal);
        add(back, play, next, time, speed, idle(), legend);
        line.getElement().addEventListener("sg-ended", ended -> show(false));
        show(false);
    }

    private Component idle() {
        Input box = new Input();
        box.setType("checkbox");
        box.getElement().setAttribute("checked", skipIdle);
        box.getElement().addEventListener("change", change -> {
            skipIdle = !skipIdle;
            again();
        });
        NativeLabel label = new NativeLabel();
        label.add(box, new Span("Skip idle time"));
        label.addClassName("sg-check");
        return label;
    }

    private static Component entry(Shape shape, String words) {
        return new Span(shape.mark(), new Span(" " + words));
    }

    private void toggle() {
        show(!playing);
        if (playing) {
            line.play(Double.parseDouble(speed.on()), skipIdle);
        } else {
            line.pause();
        }
    }

    /** Whether an address may name this speed. */
    static boolean isSpeed(String text) {
        return SPEEDS.contains(text);
    }

    private void again() {
        paced.accept(speed.on(), skipIdle);
        if (playing) {
            line.play(Double.parseDouble(speed.on()), skipIdle);
        }
    }

    private void show(boolean now) {
        playing = now;
        play.removeAll();
        play.add(now ? Icon.PAUSE.mark() : Icon.PLAY.mark());
        play.getElement().setAttribute("aria-label", now ? "Pause" : "Play");
    }
}

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
import java.util.function.IntConsumer;

/** Back, play, next, speed and the legend. Playing runs in the page's script. */
final class Transport extends Div {
    private static final long serialVersionUID = 1L;
    private final Scrubber line;
    private final NativeButton play = new NativeButton();
    private final Segments speed = new Segments("Speed", chosen -> again());
    private boolean skipIdle = true;
    private boolean playing;

    Transport(Scrubber line, IntConsumer step, Runnable nextRefusal) {
        this.line = line;
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
                .show("4");
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
        box.getElement().setAttribute("checked", true);
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

    private void again() {
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

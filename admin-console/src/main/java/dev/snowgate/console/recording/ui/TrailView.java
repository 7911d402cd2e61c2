package dev.snowgate.console.recording.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Footer;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import dev.snowgate.console.recording.Moment;
import dev.snowgate.console.recording.Moment.TrailStep;
import dev.snowgate.console.shell.Icon;
import dev.snowgate.console.shell.Parts;
import dev.snowgate.console.shell.Shape;
import dev.snowgate.console.shell.Times;
import java.time.Duration;
import java.time.Instant;

/** How the statement was decided, as shapes on a line. */
final class TrailView extends Section {
    private static final long serialVersionUID = 1L;
    private final OrderedList list = new OrderedList();
    private final Span policy = Parts.span("", "sg-dim");

    TrailView() {
        addClassName("sg-trail");
        policy.getStyle().set("font-weight", "400").set("font-size", "13px");
        list.getElement().setAttribute("tabindex", "0").setAttribute("aria-label", "Steps of the decision");
        Footer footer = new Footer(Icon.EYE.mark(), new Span("Your viewing is part of the record."));
        add(new Header(new Span("Decision trail"), policy), list, footer);
    }

    void show(Moment moment) {
        policy.setText(
                moment.policyVersion().map(version -> "policy v" + version).orElse(""));
        list.removeAll();
        Instant before = null;
        for (TrailStep step : moment.trail()) {
            list.add(item(step, before));
            before = step.at();
        }
    }

    private static ListItem item(TrailStep step, @org.jspecify.annotations.Nullable Instant before) {
        Component mark = switch (step.kind()) {
            case FACT -> Parts.span("", "sg-dot");
            case ALLOWED -> Shape.ALLOWED.alone();
            case HELD -> Shape.HELD.alone();
            case MASKED -> Shape.MASKED.alone();
            case DENIED -> Shape.DENIED.alone();
            case ENDED -> Shape.ENDED.alone();
        };
        Div words = new Div(
                Parts.div("sg-trail-head", new Span(step.title()), Times.of(time(step.at(), before), step.at())),
                Parts.div("sg-trail-note", Parts.claim(step.note(), 400)));
        step.story().ifPresent(story -> {
            words.addClassName("sg-story");
            words.add(Parts.claim(story, 600));
        });
        return new ListItem(mark, words);
    }

    private static String time(Instant at, @org.jspecify.annotations.Nullable Instant before) {
        if (before != null && Duration.between(before, at).abs().toMillis() < 1_000) {
            return "+" + Duration.between(before, at).toMillis() + " ms";
        }
        return Times.tenth(at);
    }
}

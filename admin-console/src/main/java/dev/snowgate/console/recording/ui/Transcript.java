package dev.snowgate.console.recording.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.snowgate.console.recording.ReplayStep;
import dev.snowgate.console.shell.Parts;
import dev.snowgate.console.shell.Shape;
import dev.snowgate.console.shell.Times;
import dev.snowgate.console.text.Titles;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a session as a list. Only rows in view exist in the browser and on the server, so that a session of
 * thousands scrolls like one of ten.
 */
final class Transcript extends Section {
    private static final long serialVersionUID = 1L;
    private final transient List<ReplayStep> steps;
    private final Grid<ReplayStep> grid = new Grid<>();
    private transient @Nullable ReplayStep at;

    Transcript(List<ReplayStep> steps, IntConsumer chosen) {
        this.steps = steps;
        addClassName("sg-transcript");
        grid.addClassName("sg-steps");
        grid.setId("transcript");
        grid.getElement().setAttribute("accessible-name", "Statements");
        grid.addColumn(new ComponentRenderer<>(this::row)).setHeader("Statement").setFlexGrow(1);
        grid.setSelectionMode(Grid.SelectionMode.SINGLE);
        grid.setItems(steps);
        grid.addSelectionListener(change -> {
            if (change.isFromClient()) {
                // Choosing the chosen one again must not leave nothing chosen.
                int index = change.getFirstSelectedItem()
                        .or(() -> java.util.Optional.ofNullable(at))
                        .map(steps::indexOf)
                        .orElse(-1);
                if (index >= 0) {
                    chosen.accept(index);
                }
            }
        });
        Div keys = Parts.div("sg-row sg-small", Parts.key("←"), Parts.key("→"), new Span("step"));
        add(new Header(new Span("Statements"), keys), grid);
    }

    /** Marks a statement as the one looked at, and scrolls to it if it is out of view. */
    void show(int index) {
        ReplayStep before = at;
        ReplayStep now = steps.get(index);
        at = now;
        grid.select(now);
        if (before != null) {
            grid.getDataProvider().refreshItem(before);
        }
        grid.getDataProvider().refreshItem(now);
        grid.getElement()
                .executeJs(
                        "if (!(this._firstVisibleIndex <= $0 && $0 < this._lastVisibleIndex)) this.scrollToIndex(Math.max(0, $0 - 3))",
                        index);
    }

    private Component row(ReplayStep step) {
        Shape shape = switch (step.verdict()) {
            case ALLOWED -> Shape.ALLOWED;
            case MASKED -> Shape.MASKED;
            case HELD -> Shape.HELD;
            case DENIED -> Shape.DENIED;
            case ENDED -> Shape.ENDED;
        };
        Div row = Parts.div(
                "sg-step",
                shape.alone(),
                Times.of(Times.clock(step.decidedAt()), step.decidedAt()),
                Parts.span(step.size(), "sg-size"),
                Parts.claim(Titles.brief(step.title()), 200));
        row.setClassName("sg-current", step.equals(at));
        return row;
    }
}

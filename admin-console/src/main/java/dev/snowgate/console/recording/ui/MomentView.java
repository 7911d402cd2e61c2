package dev.snowgate.console.recording.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import dev.snowgate.console.recording.Moment;
import dev.snowgate.console.recording.Moment.Received;
import dev.snowgate.console.shell.Parts;
import dev.snowgate.console.shell.Segments;
import dev.snowgate.console.shell.Shape;
import dev.snowgate.console.shell.SqlText;
import dev.snowgate.console.text.MarkedText;
import dev.snowgate.console.text.VisibleText;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One statement of the replay: its text and what the agent received. */
final class MomentView extends Section {
    private static final long serialVersionUID = 1L;
    private static final String SENT = "sent";
    private static final String RUN = "run";
    private final Div text = Parts.div("sg-statement");
    private final Segments which = new Segments("Which text", chosen -> showText());
    private transient @Nullable Moment moment;

    MomentView() {
        addClassName("sg-moment");
        which.choice(SENT, "As sent").choice(RUN, "As run");
    }

    void show(Moment now, int number, int of) {
        moment = now;
        removeAll();
        add(
                Parts.div(
                        "sg-row",
                        which,
                        Parts.div("sg-grow"),
                        Parts.span("Statement " + number + " of " + of, "sg-second")),
                text);
        showText();
        add(result(now));
    }

    private void showText() {
        Moment now = moment;
        if (now == null) {
            return;
        }
        Optional<MarkedText> shown = which.on().equals(SENT) ? now.asSent() : now.asRun();
        text.removeAll();
        text.add(
                shown.<Component>map(marked -> new SqlText(
                                new MarkedText(marked.lines(), List.of(), marked.characters(), marked.hidden())))
                        .orElseGet(
                                () -> Parts.div(
                                        "sg-state",
                                        new Span(
                                                "The text cannot be opened: its key was destroyed, or this console has another key file."))));
    }

    private static Component result(Moment now) {
        Div block = new Div();
        block.getStyle()
                .set("display", "flex")
                .set("flex-direction", "column")
                .set("flex", "1")
                .set("min-height", "0");
        Div head = Parts.div("sg-received", new Span("What the agent received"));
        block.add(head);
        if (now.result().isEmpty()) {
            block.add(Parts.span(nothing(now), "sg-second"));
            return block;
        }
        Received received = now.result().get();
        long masked = received.columns().stream()
                .filter(column -> !column.mask().isEmpty())
                .count();
        if (masked > 0) {
            head.add(Parts.badge(
                    Shape.MASKED, masked + " of " + received.columns().size() + " columns masked"));
        }
        head.add(
                Parts.div("sg-grow"),
                Parts.span(
                        "rows 1–" + received.rows().size() + " of "
                                + Math.max(received.total(), received.rows().size()),
                        "sg-dim"));
        Div rows = Parts.div("sg-rows");
        rows.getElement().appendChild(table(received));
        rows.getElement().setAttribute("tabindex", "0");
        block.add(rows);
        return block;
    }

    private static String nothing(Moment now) {
        return switch (now.step().verdict()) {
            case DENIED -> "Only the refusal. It did not run.";
            case HELD -> "Nothing yet: it waits for a person.";
            case ENDED -> "No rows.";
            case ALLOWED, MASKED ->
                now.step().rows() == 0
                        ? "No rows."
                        : "Its rows were not kept: only their number, "
                                + now.step().rows() + ".";
        };
    }

    private static Element table(Received received) {
        Element table = new Element("table");
        table.getClassList().add("sg-result");
        Element caption = new Element("caption").setText("Rows as the agent received them");
        caption.getClassList().add("sg-hidden");
        Element head = new Element("tr");
        for (Moment.Column column : received.columns()) {
            Element cell = new Element("th").setAttribute("scope", "col");
            cell.appendChild(Element.createText(VisibleText.line(column.name(), 80)));
            if (!column.mask().isEmpty()) {
                cell.appendChild(new Element("span").setText(column.mask()));
            }
            head.appendChild(cell);
        }
        Element body = new Element("tbody");
        for (List<@Nullable String> row : received.rows()) {
            Element line = new Element("tr");
            for (int i = 0; i < row.size(); i++) {
                line.appendChild(cell(row.get(i), received.columns().get(i).mask()));
            }
            body.appendChild(line);
        }
        return table.appendChild(caption, new Element("thead").appendChild(head), body);
    }

    private static Element cell(@Nullable String value, String mask) {
        Element cell = new Element("td");
        if (value == null) {
            cell.setText("null");
            cell.getClassList().add("sg-null");
            return cell;
        }
        cell.setText(VisibleText.line(value, 300));
        if (!mask.isEmpty()) {
            cell.getClassList().add("sg-masked-cell");
            cell.setAttribute(
                    "aria-label",
                    "masked, " + mask + ": " + VisibleText.line(value, 80).replace("•", ""));
        }
        return cell;
    }
}

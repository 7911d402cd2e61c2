package dev.snowgate.console.catalog.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.Protection;
import dev.snowgate.console.catalog.CatalogService;
import dev.snowgate.console.catalog.ColumnEntry;
import dev.snowgate.console.catalog.MarkOutcome;
import dev.snowgate.console.catalog.ProtectionMarking;
import dev.snowgate.console.catalog.StoredMark;
import dev.snowgate.console.shell.Parts;
import dev.snowgate.console.shell.Shape;
import dev.snowgate.console.shell.Times;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One column: what protects it, the strongest first, and the marks that people set and take away. */
final class ColumnPanel extends Section {
    private static final long serialVersionUID = 1L;
    private final transient CatalogService catalog;
    private final transient ProtectionMarking marking;
    private final transient Clock clock;
    private final boolean mayMark;
    private final transient Runnable changed;

    ColumnPanel(CatalogService catalog, ProtectionMarking marking, Clock clock, boolean mayMark, Runnable changed) {
        this.catalog = catalog;
        this.marking = marking;
        this.clock = clock;
        this.mayMark = mayMark;
        this.changed = changed;
        addClassNames("sg-try", "sg-column");
        setId("column");
        nothing();
    }

    /** Nothing is chosen. */
    void nothing() {
        removeAll();
        add(Parts.state(
                Shape.ENDED,
                "No column is chosen",
                "Open an object and choose a column to see everything that protects it."));
    }

    void show(String account, ColumnName name) {
        removeAll();
        Optional<ColumnEntry> found = catalog.column(account, name);
        if (found.isEmpty()) {
            add(Parts.state(Shape.ENDED, "This column is gone", "The catalog does not have it any more."));
            return;
        }
        ColumnEntry column = found.get();
        H2 title = new H2(Parts.mono(name.column()));
        title.addClassName("sg-panel-title");
        add(new Header(title), Parts.claim(name.object().toString(), 300), sentence(column));
        if (!column.sources().isEmpty()) {
            add(sources(column.sources()));
        }
        List<StoredMark> marks = catalog.marks(account, name);
        marks.forEach(mark -> add(mark(account, name, mark)));
        if (mayMark) {
            add(form(account, name));
        } else {
            add(Parts.span("Marking needs the role admin.", "sg-small"));
        }
    }

    /** Where the answer to a wish appears, beside its button. */
    private static Div answer() {
        Div answer = Parts.div("sg-answer");
        answer.getElement().setAttribute("aria-live", "polite");
        return answer;
    }

    private static Component sentence(ColumnEntry column) {
        return column.category()
                .<Component>map(category -> Parts.div(
                        "sg-row", Parts.badge(Shape.MASKED, category), new Span("counts for masks and rules.")))
                .orElseGet(() -> new Div(new Span("Nothing protects it by itself.")));
    }

    private static Component sources(List<Protection> sources) {
        OrderedList list = new OrderedList();
        list.addClassName("sg-sources");
        for (int i = 0; i < sources.size(); i++) {
            Protection source = sources.get(i);
            ListItem item = new ListItem(
                    Parts.tag(SourceWords.kind(source)),
                    new Div(
                            Parts.span(source.category(), i == 0 ? "sg-strong" : "sg-second"),
                            new Div(Parts.claim(SourceWords.detail(source), 200))));
            list.add(item);
        }
        return new Div(Parts.span("What speaks of it, the strongest first", "sg-small"), list);
    }

    private Component mark(String account, ColumnName name, StoredMark mark) {
        Div who = Parts.div(
                "sg-row-wrap",
                Parts.span("Marked as " + mark.rule().category(), "sg-strong"),
                Parts.claim("by " + mark.createdBy(), 80),
                Times.of(Times.recent(mark.createdAt(), clock.instant()), mark.createdAt()));
        Div box = Parts.div("sg-story sg-mark", who);
        if (!mark.reason().isEmpty()) {
            box.add(new Div(Parts.claim("“" + mark.reason() + "”", 500)));
        }
        if (!mark.byHand()) {
            box.add(Parts.span(
                    "Came with a file: where the file still says it, the next migration sets it again.", "sg-small"));
        }
        if (mayMark) {
            TextField reason = reason("Why take it away");
            Div answer = answer();
            Component button = Parts.button(
                    "Unmark",
                    "sg-tool",
                    () -> tell(
                            account,
                            name,
                            answer,
                            "Unmark all the same",
                            confirmed -> marking.unmark(account, name, mark.id(), reason.getValue(), confirmed)));
            button.setId("unmark-" + mark.id());
            box.add(Parts.div("sg-row", reason, button), answer);
        }
        return box;
    }

    private Component form(String account, ColumnName name) {
        ComboBox<String> category = new ComboBox<>("Category");
        category.setId("mark-category");
        category.setItems(catalog.categories(account));
        category.setAllowCustomValue(true);
        category.addCustomValueSetListener(
                typed -> category.setValue(typed.getDetail().strip()));
        TextField reason = reason("Why");
        reason.setId("mark-reason");
        Div answer = answer();
        Component button = Parts.button(
                "Mark column",
                "sg-primary",
                () -> tell(
                        account,
                        name,
                        answer,
                        "Mark all the same",
                        confirmed -> marking.mark(
                                account,
                                name,
                                category.getValue() == null ? "" : category.getValue(),
                                reason.getValue(),
                                confirmed)));
        button.setId("mark");
        return Parts.div("sg-mark-form", new Span("Mark by hand"), category, reason, button, answer);
    }

    private static TextField reason(String label) {
        TextField reason = new TextField(label);
        reason.setMaxLength(500);
        reason.setPlaceholder("Others read it later");
        return reason;
    }

    private void tell(String account, ColumnName name, Div answer, String verb, Function<Boolean, MarkOutcome> work) {
        answer.removeAll();
        switch (work.apply(false)) {
            case MarkOutcome.Lowers lowers -> {
                Component go = Parts.button(verb, "sg-primary", () -> end(account, name, answer, work.apply(true)));
                go.setId("confirm");
                Component stop = Parts.button("Leave it", "", answer::removeAll);
                Div warning = Parts.wrong(
                        "This lowers protection. Nothing was changed yet.",
                        String.join(" ", lowers.consequences()),
                        Parts.div("sg-row", go, stop));
                answer.add(warning);
                warning.getElement().executeJs("this.scrollIntoView({block: 'nearest'})");
            }
            case MarkOutcome.Done done -> end(account, name, answer, done);
            case MarkOutcome.Refused refused -> end(account, name, answer, refused);
        }
    }

    private void end(String account, ColumnName name, Div answer, MarkOutcome outcome) {
        answer.removeAll();
        switch (outcome) {
            case MarkOutcome.Done done -> {
                Parts.say(done.sentence());
                show(account, name);
                changed.run();
            }
            case MarkOutcome.Refused refused -> answer.add(Parts.wrong("Nothing was changed.", refused.sentence()));
            case MarkOutcome.Lowers since ->
                answer.add(Parts.wrong(
                        "Nothing was changed.", "What protects the column changed in between. Look again."));
        }
    }
}

package dev.snowgate.console.approval.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import dev.snowgate.console.approval.ApprovalEntry;
import dev.snowgate.console.approval.ApprovalRequest;
import dev.snowgate.console.approval.ImpactCard;
import dev.snowgate.console.approval.PastReview;
import dev.snowgate.console.approval.RequestState;
import dev.snowgate.console.approval.Touch;
import dev.snowgate.console.recording.ui.SessionNavigation;
import dev.snowgate.console.shell.Icon;
import dev.snowgate.console.shell.Parts;
import dev.snowgate.console.shell.Shape;
import dev.snowgate.console.shell.SqlText;
import dev.snowgate.console.shell.Times;
import dev.snowgate.console.text.MarkedText;
import dev.snowgate.console.text.Titles;
import dev.snowgate.console.text.VisibleText;
import java.util.List;
import java.util.Optional;

/** The card above the bar, in reading order: what will happen, who for whom, why, the statement, what it touches, what was decided before, who decides. */
final class CardBody extends Div {
    private static final long serialVersionUID = 1L;
    private final transient ImpactCard card;
    private final Div statement = Parts.div("sg-statement");
    private boolean asSent;

    CardBody(ImpactCard card, Component back) {
        this.card = card;
        addClassName("sg-card-scroll");
        add(back, head(), reason());
        showStatement();
        add(statement, columns(), who());
    }

    private Component head() {
        ApprovalRequest request = card.request();
        H2 sentence = new H2(Titles.full(request.entry().title()));
        sentence.addClassName("sg-sentence");
        Div words = Parts.div("sg-grow", sentence);
        Component end = request.entry().state() == RequestState.PENDING ? left(request) : ended(request);
        return new Div(Parts.div("sg-card-head", words, end), facts(request));
    }

    private static Component facts(ApprovalRequest request) {
        Element person = new Element("b")
                .setText(VisibleText.line(request.entry().person().orElse("nobody named"), 120));
        Div facts = Parts.div("sg-facts", Parts.mono(request.entry().agent()), new Span(" for "));
        facts.getElement().appendChild(person);
        facts.add(new Span(" · role "), Parts.claim(request.context().role(), 80));
        if (!request.client().isBlank()) {
            facts.add(new Span(" · "), Parts.claim(request.client(), 60));
        }
        Anchor session = new Anchor(
                SessionNavigation.address(request.session(), request.statement()),
                "session " + request.session().toString().substring(0, 4));
        session.addClassName("sg-link");
        facts.add(
                new Span(" · "),
                session,
                new Span(" · held "),
                Times.of(
                        Times.clock(request.entry().createdAt()),
                        request.entry().createdAt()));
        return facts;
    }

    private static Component left(ApprovalRequest request) {
        Div left = Parts.div(
                "sg-left-large",
                Parts.span("", "sg-ring"),
                new Div(new Div(Parts.span("", "sg-clock")), Parts.span("left, then refused", "sg-small")));
        InboxList.countdown(left.getElement(), request.entry());
        left.getElement().setAttribute("data-announce", "");
        return left;
    }

    private static Component ended(ApprovalRequest request) {
        return Parts.badge(
                InboxList.shape(request.entry().state()),
                request.entry().state().word());
    }

    private Component reason() {
        ApprovalRequest request = card.request();
        Span fact = Parts.span(request.reason(), "sg-strong");
        String policy = request.policyVersion().map(v -> ", policy v" + v + ".").orElse(".");
        Span rule = new Span(fact, new Span(" Rule "), Parts.span(request.rule(), "sg-link"), new Span(policy));
        Div reason = Parts.div("sg-reason", Parts.badge(Shape.HELD, "Held"), rule);
        if (!card.agentReason().isEmpty()) {
            reason.add(
                    new Span(),
                    new Span(
                            Parts.span("Agent’s stated reason  ", "sg-dim"),
                            Parts.claim("“" + card.agentReason() + "”", 320)));
        }
        return reason;
    }

    private void showStatement() {
        statement.removeAll();
        Optional<MarkedText> text = asSent ? card.asSent() : card.asRun();
        if (text.isEmpty()) {
            statement.add(
                    Parts.div(
                            "sg-state",
                            new Span(
                                    "The text cannot be opened: its key was destroyed, or this console has another key file.")));
            return;
        }
        statement.add(new SqlText(text.get()), foot(text.get()));
    }

    private Component foot(MarkedText text) {
        String words = (asSent
                        ? "As the agent sent it, comments included"
                        : "Exact text, " + text.characters() + " characters")
                + (card.request().hasBindings() ? ", bindings sealed" : "")
                + (text.hidden() > 0
                        ? ", " + text.hidden()
                                + (text.hidden() == 1
                                        ? " value of a protected column not shown"
                                        : " values of protected columns not shown")
                        : "");
        statement.setId("sg-statement");
        NativeButton copy = Parts.pressedBy("c", footButton("C", "copy", () -> {}));
        copy.getElement().setAttribute("data-copy", "sg-statement");
        NativeButton other = Parts.pressedBy("f", footButton("F", asSent ? "as run" : "as sent", () -> {
            asSent = !asSent;
            showStatement();
        }));
        return Parts.div("sg-statement-foot", Parts.span(words, "sg-grow"), copy, other);
    }

    private static NativeButton footButton(String key, String words, Runnable action) {
        NativeButton button = new NativeButton("", click -> action.run());
        button.add(Parts.key(key), new Span(words));
        button.addClassName("sg-foot-button");
        return button;
    }

    private Component columns() {
        Div left = Parts.div("sg-column", touches());
        left.add(Parts.div("sg-masking", masking()));
        Div right = Parts.div("sg-aside", effects(), history());
        return Parts.div("sg-columns", left, right);
    }

    private Component touches() {
        Element table = new Element("table");
        table.getClassList().add("sg-table");
        table.appendChild(new Element("caption").setText("Touches"));
        Element head = new Element("tr");
        List.of("Object", "Effect", "Protected columns")
                .forEach(name -> head.appendChild(
                        new Element("th").setAttribute("scope", "col").setText(name)));
        table.appendChild(new Element("thead").appendChild(head));
        Element body = new Element("tbody");
        card.touches().forEach(touch -> body.appendChild(row(touch)));
        table.appendChild(body);
        Div host = new Div();
        host.getElement().appendChild(table);
        if (card.touches().isEmpty()) {
            host.add(Parts.span("No object of the catalog.", "sg-second"));
        }
        return host;
    }

    private static Element row(Touch touch) {
        Element name = new Element("td");
        name.appendChild(Parts.mono(touch.name()).getElement());
        if (!touch.known()) {
            name.appendChild(Parts.span(" not in the catalog", "sg-small").getElement());
        }
        Span effect = new Span((touch.changes() ? Icon.PEN : Icon.EYE).mark(), new Span(touch.verb()));
        effect.addClassName("sg-effect");
        effect.setClassName("sg-changes", touch.changes());
        Element guarded = new Element("td");
        if (touch.protectedColumns().isEmpty()) {
            guarded.appendChild(Parts.span("none", "sg-second").getElement());
        }
        touch.protectedColumns().forEach(column -> {
            guarded.appendChild(Parts.span(column, "sg-hatched").getElement());
            guarded.appendChild(Element.createText(" "));
        });
        return new Element("tr").appendChild(name, new Element("td").appendChild(effect.getElement()), guarded);
    }

    private Component[] masking() {
        if (card.resultColumns() == 0) {
            return new Component[] {
                Shape.MASKED.mark(), new Span("The agent gets no rows back; later reads stay masked.")
            };
        }
        if (card.maskedColumns().isEmpty()) {
            return new Component[] {new Span("None of " + card.resultColumns() + " result columns is masked.")};
        }
        Span names = new Span("Masked on the way back: ");
        for (ImpactCard.MaskedColumn column : card.maskedColumns()) {
            names.add(Parts.span(column.name(), "sg-hatched"), new Span(" " + column.mask() + "  "));
        }
        return new Component[] {Shape.MASKED.mark(), names};
    }

    private Component effects() {
        Section section = new Section(new H3("If it runs"));
        long changed = card.touches().stream().filter(Touch::changes).count();
        long guarded = card.touches().stream()
                .mapToLong(t -> t.protectedColumns().size())
                .sum();
        Div figures = Parts.div("sg-row");
        figures.getStyle().set("gap", "34px").set("margin-bottom", "8px");
        figures.add(
                figure(String.valueOf(card.touches().size()), "objects"),
                figure(String.valueOf(changed), "changed"),
                figure(String.valueOf(guarded), "protected columns"));
        section.add(figures, Parts.div("sg-row sg-second", Icon.UNDO.mark(), new Span(card.undo())));
        return section;
    }

    private static Component figure(String number, String words) {
        Span value = Parts.span(number, "sg-num");
        value.getStyle().set("font-size", "18px").set("font-weight", "600").set("line-height", "24px");
        return new Div(new Div(value), Parts.span(words, "sg-small"));
    }

    private Component history() {
        Section section = new Section(new H3("This shape before"));
        List<PastReview> past = card.history();
        if (past.isEmpty()) {
            section.add(Parts.span("Never decided in 90 days.", "sg-second"));
            return section;
        }
        Div shapes = Parts.div("sg-history");
        past.reversed().forEach(review -> shapes.add((review.approved() ? Shape.ALLOWED : Shape.DENIED).alone()));
        long approved = past.stream().filter(PastReview::approved).count();
        shapes.add(new Span(approved + " approved, " + (past.size() - approved) + " denied in 90 days"));
        section.add(shapes);
        PastReview last = past.getFirst();
        Span words = Parts.span(
                Times.shortDay(last.at()) + " " + VisibleText.line(last.by(), 80) + (last.comment().isBlank() ? "" : ": "),
                "sg-second");
        section.add(new Div(words, Parts.claim(last.comment().isBlank() ? "" : "“" + last.comment() + "”", 120)));
        return section;
    }

    private Component who() {
        ApprovalRequest request = card.request();
        String group = request.approverGroup().isEmpty() ? "any approver" : request.approverGroup();
        Div who = Parts.div("sg-who", Parts.span("Needs one", "sg-strong"));
        Optional<ApprovalEntry.Decided> decided = request.entry().decided();
        if (decided.isPresent()) {
            String said = decided.get().comment().isBlank()
                    ? ""
                    : ", “" + decided.get().comment() + "”";
            who.add(new Span(
                    InboxList.shape(request.entry().state()).mark(),
                    Parts.span(" " + group + " ", "sg-strong"),
                    Parts.claim(decided.get().by(), 80),
                    new Span(", " + Times.clock(decided.get().at())),
                    Parts.claim(said, 200)));
        } else {
            String open = card.standing() instanceof ImpactCard.Standing.MayDecide ? "open, you can decide" : "open";
            who.add(new Span(
                    Shape.ENDED.mark(),
                    Parts.span(" " + group + " ", "sg-strong"),
                    new Span(request.entry().state() == RequestState.PENDING ? open : "did not decide")));
        }
        return who;
    }
}

package dev.snowgate.console.policy.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.snowgate.console.policy.Attempt;
import dev.snowgate.console.policy.TryOut;
import dev.snowgate.console.shell.Parts;
import dev.snowgate.console.shell.Shape;
import dev.snowgate.console.shell.SqlText;
import dev.snowgate.console.text.MarkedText;
import dev.snowgate.policy.PolicyTrail;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A statement, as whom it is sent, and what the policy says to it. */
final class TryPanel extends Section {
    private static final long serialVersionUID = 1L;
    private final transient Function<Attempt, TryOut> attempt;
    private final TextArea statement = new TextArea();
    private final TextField agent = field("Agent", "support-copilot");
    private final TextField person = field("For", "");
    private final TextField groups = field("Groups, by comma", "analysts-masked");
    private final TextField role = field("Role", "AGENT_READER");
    private final TextField database = field("Database", "PROD");
    private final TextField schema = field("Schema", "CRM");
    private final Div verdict = Parts.div("sg-verdict");
    private final String account;

    TryPanel(String account, Function<Attempt, TryOut> attempt) {
        this.account = account;
        this.attempt = attempt;
        addClassName("sg-try");
        statement.setAriaLabel("Statement");
        statement.setPlaceholder("SELECT email FROM PROD.CRM.CUSTOMERS");
        statement.setId("try-statement");
        statement.setMaxLength(256 * 1024);
        statement.setMaxRows(9);
        statement.setValueChangeMode(ValueChangeMode.ON_CHANGE);
        NativeButton run = Parts.pressedBy("submit", Parts.button("Try it", "sg-primary", this::run, Parts.key("⌘↵")));
        run.setId("try-it");
        Div fields = Parts.div("sg-fields", agent, person, groups, role, database, schema);
        add(
                new Header(
                        Parts.span("Try a statement", "sg-panel-title"),
                        Parts.span("same code as the gateway", "sg-dim")),
                statement,
                fields,
                Parts.div("sg-row", run, Parts.span("Nothing is sent to Snowflake.", "sg-second")),
                verdict);
        verdict.setVisible(false);
    }

    private static TextField field(String label, String value) {
        TextField field = new TextField(label);
        field.setValue(value);
        field.setMaxLength(300);
        return field;
    }

    private void run() {
        if (statement.isEmpty() || agent.isEmpty()) {
            show(Parts.span("A statement and an agent are needed.", "sg-dim"));
            return;
        }
        Set<String> of = Arrays.stream(groups.getValue().split(","))
                .map(String::strip)
                .filter(g -> !g.isEmpty())
                .collect(Collectors.toSet());
        TryOut answer = attempt.apply(new Attempt(
                statement.getValue(),
                account,
                agent.getValue().strip(),
                text(person),
                of,
                role.getValue().strip(),
                text(database),
                text(schema)));
        switch (answer) {
            case TryOut.Broken broken -> show(problems(broken));
            case TryOut.Answer known -> show(known);
        }
    }

    private static Optional<String> text(TextField field) {
        return field.getValue().isBlank()
                ? Optional.empty()
                : Optional.of(field.getValue().strip());
    }

    private void show(com.vaadin.flow.component.Component... components) {
        verdict.removeAll();
        verdict.add(components);
        verdict.setVisible(true);
    }

    private static Div problems(TryOut.Broken broken) {
        Div list = new Div(Parts.span("This version does not compile, so it decides nothing.", "sg-strong"));
        broken.problems()
                .forEach(problem -> list.add(new Div(
                        Parts.mono(problem.file() + ":" + problem.line() + ":" + problem.column()),
                        new Span(" " + problem.message()))));
        return list;
    }

    private void show(TryOut.Answer answer) {
        H2 sentence = new H2(sentence(answer));
        sentence.addClassName("sg-panel-title");
        sentence.setId("try-verdict");
        Div head = Parts.div("sg-row", sentence, Parts.div("sg-grow"), Parts.badge(shape(answer), word(answer)));
        String took = String.format(
                Locale.ROOT, "decided in %d ms", Math.max(1, answer.took().toMillis()));
        show(
                head,
                new Div(
                        new Span(why(answer)),
                        Parts.span(
                                " " + took + ", policy v" + answer.policyVersion() + ", catalog "
                                        + answer.catalogVersion(),
                                "sg-dim")),
                trail(answer));
        if (!answer.columns().isEmpty()) {
            verdict.add(Parts.span("Where each column comes from", "sg-strong"), LineageDrawing.of(answer.columns()));
        }
        answer.text().filter(text -> !answer.analysis().statements().isEmpty()).ifPresent(text -> {
            Div box = Parts.div(
                    "sg-statement",
                    new SqlText(new MarkedText(text.lines(), List.of(), text.characters(), text.hidden())));
            box.getStyle().set("margin-top", "0");
            verdict.add(box);
        });
    }

    private static OrderedList trail(TryOut.Answer answer) {
        OrderedList trail = new OrderedList();
        trail.addClassName("sg-verdict-trail");
        String understood = answer.analysis()
                .problem()
                .map(problem -> problem.reason()
                        + (problem.line() > 0 ? " (line " + problem.line() + ", column " + problem.column() + ")" : ""))
                .orElseGet(() -> answer.analysis().statements().stream()
                        .map(s -> s.title())
                        .collect(Collectors.joining("; ")));
        trail.add(step(
                Parts.span("", "sg-dot"),
                answer.analysis().problem().isPresent() ? "Not understood" : "Understood",
                understood));
        for (PolicyTrail.Step step : answer.decision().trail().steps()) {
            String place = step.line() > 0
                    ? " · " + step.file().substring(step.file().lastIndexOf('/') + 1) + ":" + step.line()
                    : "";
            trail.add(step(
                    mark(step.effect()),
                    step.rule(),
                    step.effect().replace('-', ' ') + (step.fact().isBlank() ? "" : ": " + step.fact()) + place));
        }
        trail.add(step(
                shape(answer).alone(),
                "Result",
                word(answer).toLowerCase(Locale.ROOT)
                        + (answer.decision().advice().isBlank()
                                ? ""
                                : ". " + answer.decision().advice())));
        return trail;
    }

    private static ListItem step(com.vaadin.flow.component.Component mark, String title, String note) {
        return new ListItem(mark, new Div(new Div(Parts.span(title, "sg-strong")), Parts.claim(note, 400)));
    }

    private static com.vaadin.flow.component.Component mark(String effect) {
        return switch (effect) {
            case "allow" -> Shape.ALLOWED.alone();
            case "deny" -> Shape.DENIED.alone();
            case "require-approval" -> Shape.HELD.alone();
            case "mask" -> Shape.MASKED.alone();
            default -> Parts.span("", "sg-dot");
        };
    }

    private static String why(TryOut.Answer answer) {
        String reason = answer.decision().reason();
        return reason.isBlank()
                ? (answer.decision().rule().isBlank()
                        ? ""
                        : "Rule " + answer.decision().rule() + ".")
                : reason + " Rule " + answer.decision().rule() + ".";
    }

    private static String sentence(TryOut.Answer answer) {
        return switch (answer.decision().effect()) {
            case ALLOW -> answer.masksAnything() ? "Would be allowed, with masks" : "Would be allowed";
            case REQUIRE_APPROVAL -> "Would be held";
            case DENY -> "Would be refused";
        };
    }

    private static Shape shape(TryOut.Answer answer) {
        return switch (answer.decision().effect()) {
            case ALLOW -> answer.masksAnything() ? Shape.MASKED : Shape.ALLOWED;
            case REQUIRE_APPROVAL -> Shape.HELD;
            case DENY -> Shape.DENIED;
        };
    }

    private static String word(TryOut.Answer answer) {
        return switch (answer.decision().effect()) {
            case ALLOW -> answer.masksAnything() ? "Masked" : "Allowed";
            case REQUIRE_APPROVAL -> "Held";
            case DENY -> answer.analysis().problem().isPresent() ? "Not understood" : "Denied";
        };
    }
}

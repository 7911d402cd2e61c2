package dev.snowgate.console.approval.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.snowgate.console.approval.AgentMessage;
import dev.snowgate.console.approval.ImpactCard;
import dev.snowgate.console.approval.RequestState;
import dev.snowgate.console.approval.ImpactCard.Standing;
import dev.snowgate.console.shell.Parts;
import dev.snowgate.console.shell.Segments;
import java.util.List;
import java.util.function.Consumer;

/** The actions, always at the same place: approve in two beats, or deny with words that the agent reads. */
final class DecisionBar extends Div {
    private static final long serialVersionUID = 1L;
    private static final List<String[]> STARTS = List.of(
            new String[] {"Too broad", "Too broad. Narrow it to the rows and columns that the task needs."},
            new String[] {"Wrong target", "Wrong target. "},
            new String[] {"Needs a ticket", "Needs a ticket. Name it in a comment of the statement and send it again."},
            new String[] {"Not this agent’s job", "Not this agent’s job. "});
    private final transient ImpactCard card;
    private final String reviewer;
    private final transient Consumer<String> approve;
    private final transient Consumer<String> deny;
    private final TextField comment = new TextField();
    private final TextArea denial = new TextArea();
    private final Pre preview = new Pre();
    private final Span missing = Parts.span("", "sg-dim");
    private final NativeButton submit;

    DecisionBar(ImpactCard card, String reviewer, Consumer<String> approve, Consumer<String> deny) {
        this.card = card;
        this.reviewer = reviewer;
        this.approve = approve;
        this.deny = deny;
        this.submit = Parts.pressedBy(
                "submit", Parts.button("Deny and tell the agent", "sg-primary", this::submitDenial, Parts.key("⌘↵")));
        submit.setId("deny-submit");
        addClassName("sg-actions");
        fields();
        switch (card.standing()) {
            case Standing.MayDecide may -> showApproving();
            case Standing.MayNot not -> showReason(not.why(), card.request().entry().state());
        }
    }

    private void fields() {
        comment.setPlaceholder("Comment, shown to the agent and kept in the record (needed to deny)");
        comment.setAriaLabel("Comment");
        comment.addClassName("sg-comment");
        comment.setMaxLength(2_000);
        comment.setValueChangeMode(ValueChangeMode.LAZY);
        denial.addClassName("sg-deny-text");
        denial.setAriaLabel("Why it is denied, for the agent");
        denial.setMaxLength(2_000);
        denial.setValueChangeMode(ValueChangeMode.LAZY);
        denial.setValueChangeTimeout(150);
        denial.setId("deny-comment");
        denial.addValueChangeListener(change -> showPreview());
    }

    /** Reads only: somebody decided, it expired, or it is not theirs. A half-written comment stays copyable. */
    void showReason(String why, RequestState now) {
        String unfinished = denial.getValue().isBlank() ? comment.getValue() : denial.getValue();
        removeAll();
        add(Parts.div("sg-not-yours", InboxList.shape(now).mark(), Parts.claim(why, 300)));
        if (!unfinished.isBlank()) {
            TextArea kept = new TextArea("Your comment was not sent");
            kept.addClassName("sg-deny-text");
            kept.setValue(unfinished);
            kept.setReadOnly(true);
            add(kept);
        }
    }

    private void showApproving() {
        removeAll();
        Segments scope = new Segments("Scope", chosen -> {});
        scope.choice("once", "Once", Parts.key("O"));
        Parts.pressedBy("o", scope.button("once"));
        String agentAndPerson =
                card.request().entry().person().isPresent() ? "for this agent and person." : "for this agent.";
        add(Parts.div(
                "sg-actions-row", scope, Parts.span("Runs this exact text one time, " + agentAndPerson, "sg-second")));
        NativeButton denying = Parts.pressedBy("d", Parts.button("Deny…", "", this::showDenying, Parts.key("D")));
        denying.setId("deny");
        NativeButton approving = Parts.pressedBy(
                "a",
                Parts.button("Approve once", "sg-primary", () -> approve.accept(comment.getValue()), Parts.key("A")));
        approving.setId("approve");
        approving.getElement().setAttribute("data-arm", "");
        if (card.request().requesterUnknown()) {
            approving.setEnabled(false);
            add(Parts.span("Nobody knows for whom this agent acts, so it can only be denied.", "sg-dim"));
        }
        add(Parts.div("sg-actions-row", denying, comment, approving));
    }

    private void showDenying() {
        removeAll();
        if (denial.getValue().isBlank()) {
            denial.setValue(comment.getValue());
        }
        Div starts = Parts.div(
                "sg-actions-row",
                Parts.span("Deny this statement", "sg-strong"),
                Parts.div("sg-grow"),
                Parts.span("Start from", "sg-dim"));
        STARTS.forEach(start -> starts.add(Parts.button(start[0], "sg-quick", () -> begin(start[1]))));
        Component back =
                Parts.pressedBy("Escape", Parts.button("Back", "sg-plain", this::showApproving, Parts.key("Esc")));
        Div row = Parts.div("sg-actions-row", back, Parts.div("sg-grow"), missing, submit);
        add(starts, denial, Parts.div("sg-deny-preview", Parts.span("The agent reads", "sg-small"), preview), row);
        showPreview();
        denial.focus();
    }

    private void begin(String words) {
        denial.setValue(words);
        denial.focus();
    }

    private void showPreview() {
        boolean empty = denial.getValue().isBlank();
        preview.setText(AgentMessage.denied(reviewer, empty ? "…" : denial.getValue()));
        submit.setEnabled(!empty);
        missing.setText(
                empty
                        ? "A comment is needed: the agent reads it."
                        : "Ends the hold for everyone. One denial is enough.");
    }

    private void submitDenial() {
        if (!denial.getValue().isBlank()) {
            deny.accept(denial.getValue());
        }
    }

    /** Whether a comment was begun. */
    boolean isWriting() {
        return !denial.getValue().isBlank() || !comment.getValue().isBlank();
    }
}

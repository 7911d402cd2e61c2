package dev.snowgate.console.approval.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.snowgate.console.approval.ImpactCard;
import dev.snowgate.console.approval.Inbox;
import dev.snowgate.console.approval.InboxWatch;
import dev.snowgate.console.approval.ReviewOutcome;
import dev.snowgate.console.approval.ReviewService;
import dev.snowgate.console.security.CurrentPerson;
import dev.snowgate.console.security.Roles;
import dev.snowgate.console.shell.PageHead;
import dev.snowgate.console.shell.Parts;
import dev.snowgate.console.shell.Shape;
import dev.snowgate.console.shell.Times;
import dev.snowgate.model.approval.ApprovalId;
import dev.snowgate.model.approval.ReviewVerdict;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** The page Approvals. The selected request, the tab and the search are in the address. */
@Route("approvals/:request?")
@PageTitle("Approvals – Snowgate")
@RolesAllowed({Roles.ADMIN, Roles.APPROVER, Roles.AUDITOR})
class ApprovalsView extends Main implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;
    private final transient Inbox inbox;
    private final transient ReviewService reviews;
    private final transient InboxWatch watch;
    private final transient CurrentPerson current;
    private final PageHead head = new PageHead("Approvals");
    private final Span live = Parts.span("Live", "sg-live");
    private final TextField search;
    private final InboxPanel panel;
    private final Section card = new Section();
    private final Div split = Parts.div("sg-split");
    private transient @Nullable ApprovalId open;
    private transient @Nullable ImpactCard shown;
    private transient @Nullable DecisionBar bar;
    private transient @Nullable Runnable leave;

    ApprovalsView(Inbox inbox, ReviewService reviews, InboxWatch watch, CurrentPerson current, Clock clock) {
        this.inbox = inbox;
        this.reviews = reviews;
        this.watch = watch;
        this.current = current;
        addClassName("sg-page");
        panel = new InboxPanel(inbox, clock, this::choose, this::showFirst);
        search = PageHead.search("Agent, person, object, text", panel::search);
        card.addClassName("sg-card");
        card.getElement().setAttribute("aria-label", "Request");
        split.add(panel, card);
        add(head.with(live, search), split);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var parameters = event.getLocation().getQueryParameters();
        String words = parameters.getSingleParameter("find").orElse("");
        search.setValue(words);
        panel.restore(parameters.getSingleParameter("tab").orElse(InboxPanel.WAITING), words);
        open = event.getRouteParameters()
                .get("request")
                .flatMap(ApprovalNavigation::id)
                .orElse(null);
        panel.renew(open);
        ApprovalId wanted = open;
        if (wanted == null) {
            showFirst();
        } else {
            showCard(wanted);
            split.addClassName("sg-open");
        }
    }

    @Override
    protected void onAttach(AttachEvent event) {
        UI ui = event.getUI();
        leave = watch.listen(pulse -> {
            if (!ui.isClosing()) {
                ui.access(() -> changed(pulse));
            }
        });
    }

    @Override
    protected void onDetach(DetachEvent event) {
        Runnable known = leave;
        if (known != null) {
            known.run();
        }
    }

    private void changed(InboxWatch.Pulse pulse) {
        Instant stopped = pulse.stoppedAt();
        live.setText(stopped == null ? "Live" : "Stopped");
        live.setClassName("sg-stopped", stopped != null);
        if (stopped != null) {
            panel.stopped(stopped);
            return;
        }
        panel.look();
        refreshCard();
    }

    private void showFirst() {
        panel.first().ifPresentOrElse(this::showCard, this::showNothing);
    }

    private void choose(ApprovalId id) {
        split.addClassName("sg-open");
        showCard(id);
    }

    private void showCard(ApprovalId id) {
        open = id;
        panel.select(id);
        head.crumb(id.toString());
        remember();
        try {
            Optional<ImpactCard> found = inbox.card(id, Times.zone());
            if (found.isPresent()) {
                render(found.get());
            } else {
                empty(Parts.state(
                        Shape.ENDED, "There is no request " + id, "It may belong to another installation.", back()));
            }
        } catch (DataAccessException silent) {
            empty(Parts.wrong(
                    "The request cannot be read.",
                    "The database does not answer. It stays held; this page reads it again by itself."));
        }
    }

    private void remember() {
        ApprovalId id = open;
        getUI().ifPresent(ui -> ui.getPage()
                .getHistory()
                .replaceState(null, ApprovalNavigation.location(id, panel.tab(), panel.search())));
    }

    private NativeButton back() {
        return Parts.button("All requests", "sg-tool sg-back", () -> split.removeClassName("sg-open"));
    }

    private void render(ImpactCard now) {
        shown = now;
        DecisionBar fresh = new DecisionBar(now, current.require().name(), this::approve, this::deny);
        bar = fresh;
        card.removeAll();
        card.add(new CardBody(now, back()), fresh);
        card.getElement().executeJs("window.snowgate && window.snowgate.tick()");
    }

    private void empty(Div state) {
        shown = null;
        bar = null;
        card.removeAll();
        card.add(state);
    }

    /** The open card after a change: decided by somebody else or expired turns it read-only at once, whatever was written. */
    private void refreshCard() {
        ImpactCard before = shown;
        DecisionBar writing = bar;
        if (before == null || writing == null) {
            Optional.ofNullable(open).or(panel::first).ifPresent(this::showCard);
            return;
        }
        Optional<ImpactCard> now;
        try {
            now = inbox.card(before.request().id(), Times.zone());
        } catch (DataAccessException silent) {
            return;
        }
        if (now.isEmpty() || now.get().request().entry().equals(before.request().entry())) {
            return;
        }
        if (now.get().standing() instanceof ImpactCard.Standing.MayNot not) {
            card.getElement().executeJs("window.snowgate && window.snowgate.alert($0)", not.why());
            if (writing.isWriting()) {
                shown = now.get();
                writing.showReason(not.why(), now.get().request().entry().state());
                return;
            }
        }
        render(now.get());
    }

    private void showNothing() {
        open = null;
        head.crumb("");
        remember();
        empty(Parts.state(Shape.HEALTHY, "Nothing is selected", "Held statements appear on the left by themselves."));
    }

    private void approve(String comment) {
        review(id -> reviews.approve(id, comment));
    }

    private void deny(String comment) {
        review(id -> reviews.deny(id, comment));
    }

    private void review(java.util.function.Function<ApprovalId, ReviewOutcome> made) {
        ApprovalId id = open;
        if (id != null) {
            recorded(() -> made.apply(id)).ifPresent(outcome -> after(id, outcome));
        }
    }

    /** A review that could not be recorded is none: the words stay where they are. */
    private static Optional<ReviewOutcome> recorded(Supplier<ReviewOutcome> made) {
        try {
            return Optional.of(made.get());
        } catch (DataAccessException | TransactionException silent) {
            Parts.say("Not recorded: the database does not answer. The statement stays held, your words are kept.");
            return Optional.empty();
        }
    }

    private void after(ApprovalId id, ReviewOutcome outcome) {
        switch (outcome) {
            case ReviewOutcome.Recorded recorded -> {
                Parts.say(
                        recorded.verdict() == ReviewVerdict.APPROVE ? "Approved once" : "Denied, the agent was told");
                Optional<ApprovalId> next = panel.neighbour(id).filter(other -> !other.equals(id));
                panel.renew(next.orElse(null));
                next.or(panel::first).ifPresentOrElse(this::focus, this::showNothing);
            }
            case ReviewOutcome.Refused refused -> {
                Parts.say(refused.sentence());
                panel.look();
                refreshCard();
            }
        }
    }

    /** Attention goes on to the next statement in the list's order. */
    private void focus(ApprovalId id) {
        showCard(id);
        panel.focus(id);
    }
}

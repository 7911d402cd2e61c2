package dev.snowgate.console.approval.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.snowgate.console.approval.ApprovalEntry;
import dev.snowgate.console.approval.ImpactCard;
import dev.snowgate.console.approval.Inbox;
import dev.snowgate.console.approval.InboxWatch;
import dev.snowgate.console.approval.ReviewOutcome;
import dev.snowgate.console.approval.ReviewService;
import dev.snowgate.console.security.CurrentPerson;
import dev.snowgate.console.security.Roles;
import dev.snowgate.console.shell.PageHead;
import dev.snowgate.console.shell.Parts;
import dev.snowgate.console.shell.Segments;
import dev.snowgate.console.shell.Shape;
import dev.snowgate.console.shell.Times;
import dev.snowgate.model.approval.ApprovalId;
import dev.snowgate.model.approval.ReviewVerdict;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** The page Approvals. The selected request is in the address. */
@Route("approvals/:request?")
@PageTitle("Approvals – Snowgate")
@RolesAllowed({Roles.ADMIN, Roles.APPROVER, Roles.AUDITOR})
class ApprovalsView extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;
    private static final String WAITING = "waiting";
    private static final String DECIDED = "decided";
    private static final int PAGE = 100;

    private final transient Inbox inbox;
    private final transient ReviewService reviews;
    private final transient InboxWatch watch;
    private final transient CurrentPerson current;
    private final transient Clock clock;
    private final PageHead head = new PageHead("Approvals");
    private final Span live = Parts.span("Live", "sg-live");
    private final Segments tabs = new Segments("Which requests", this::changeTab);
    private final Span waitingCount = Parts.span("", "sg-num");
    private final Div notice = new Div();
    private final InboxList list = new InboxList(this::choose);
    private final Section card = new Section();
    private final Div split = Parts.div("sg-split");
    private transient @Nullable ApprovalId open;
    private transient @Nullable ImpactCard shown;
    private transient @Nullable DecisionBar bar;
    private transient @Nullable Runnable leave;
    private String search = "";
    private int most = PAGE;

    ApprovalsView(Inbox inbox, ReviewService reviews, InboxWatch watch, CurrentPerson current, Clock clock) {
        this.inbox = inbox;
        this.reviews = reviews;
        this.watch = watch;
        this.current = current;
        this.clock = clock;
        addClassName("sg-page");
        tabs.choice(WAITING, "Waiting", waitingCount).choice(DECIDED, "Decided");
        Div tools = Parts.div("sg-inbox-tools", tabs, new Span("By expiry"));
        Section left = new Section(tools, notice, list, foot());
        left.addClassName("sg-inbox");
        card.addClassName("sg-card");
        card.getElement().setAttribute("aria-label", "Request");
        split.add(left, card);
        add(head.with(live, PageHead.search("Agent, person, object, text", this::search)), split);
        list.add(Parts.placeholder(6));
    }

    private static Div foot() {
        Div foot = Parts.div("sg-inbox-foot");
        String[][] keys = {{"J", ""}, {"K", "move"}, {"A", "approve"}, {"D", "deny"}, {"?", "all keys"}};
        for (String[] key : keys) {
            foot.add(Parts.key(key[0]), new Span(key[1]));
        }
        return foot;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        open = event.getRouteParameters()
                .get("request")
                .flatMap(ApprovalsView::id)
                .orElse(null);
        refresh();
        ApprovalId wanted = open;
        if (wanted == null && !list.entries().isEmpty()) {
            showCard(list.entries().getFirst().id());
        } else if (wanted != null) {
            showCard(wanted);
            split.addClassName("sg-open");
        } else {
            showNothing();
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
        notice.removeAll();
        if (stopped != null) {
            notice.add(
                    Parts.wrong(
                            "The live list stopped at " + Times.clock(stopped) + ".",
                            "The database does not answer. Held statements stay held; nothing runs without a decision. Next try in a second."));
            return;
        }
        refresh();
        refreshCard();
    }

    private void refresh() {
        try {
            List<ApprovalEntry> waiting = inbox.waiting(search, most);
            waitingCount.setText(waiting.size() + (waiting.size() == most ? "+" : ""));
            List<ApprovalEntry> rows = tabs.on().equals(WAITING) ? waiting : inbox.decided(search, most, 0);
            if (list.differs(rows) || rows.isEmpty()) {
                list.show(rows, clock.instant(), open);
            }
            if (rows.isEmpty()) {
                list.add(empty());
            } else if (rows.size() == most) {
                list.add(Parts.button("Show " + PAGE + " more", "sg-tool", this::more));
            }
            getUI().ifPresent(ui -> ui.getPage().executeJs("window.snowgate && window.snowgate.tick()"));
        } catch (DataAccessException silent) {
            list.removeAll();
            notice.removeAll();
            notice.add(Parts.wrong(
                    "The list cannot be read.",
                    "The database does not answer. Held statements stay held; nothing runs without a decision."));
        }
    }

    private Div empty() {
        if (!search.isBlank()) {
            return Parts.state(Shape.HEALTHY, "Nothing matches", "No request speaks of “" + search + "”.");
        }
        return tabs.on().equals(WAITING)
                ? Parts.state(
                        Shape.HEALTHY,
                        "Nothing waits for you",
                        "Held statements appear here by themselves.",
                        Parts.button("See decided", "sg-tool", () -> {
                            tabs.show(DECIDED);
                            changeTab(DECIDED);
                        }))
                : Parts.state(Shape.HEALTHY, "Nothing was decided yet", "Decided and expired requests stay here.");
    }

    private void more() {
        most += PAGE;
        refresh();
    }

    private void changeTab(String tab) {
        most = PAGE;
        refresh();
        list.entries().stream().findFirst().ifPresentOrElse(entry -> showCard(entry.id()), this::showNothing);
    }

    private void search(String words) {
        search = words;
        refresh();
    }

    private void choose(ApprovalId id) {
        split.addClassName("sg-open");
        showCard(id);
    }

    private void showCard(ApprovalId id) {
        open = id;
        list.select(id);
        head.crumb(id.toString());
        getUI().ifPresent(ui -> ui.getPage().getHistory().replaceState(null, ApprovalNavigation.address(id)));
        try {
            Optional<ImpactCard> found = inbox.card(id, Times.zone());
            if (found.isEmpty()) {
                card.removeAll();
                card.add(Parts.state(
                        Shape.ENDED, "There is no request " + id, "It may belong to another installation."));
                return;
            }
            render(found.get());
        } catch (DataAccessException silent) {
            card.removeAll();
            card.add(Parts.wrong("The request cannot be read.", "The database does not answer. It stays held."));
        }
    }

    private void render(ImpactCard now) {
        shown = now;
        DecisionBar fresh = new DecisionBar(now, current.require().name(), this::approve, this::deny);
        bar = fresh;
        card.removeAll();
        NativeButton back = Parts.button("All requests", "sg-tool sg-back", () -> split.removeClassName("sg-open"));
        card.add(new CardBody(now, back), fresh);
        getUI().ifPresent(ui -> ui.getPage().executeJs("window.snowgate && window.snowgate.tick()"));
    }

    /** The open card after a change: decided by somebody else or expired turns it read-only at once, whatever was written. */
    private void refreshCard() {
        ImpactCard before = shown;
        DecisionBar writing = bar;
        if (before == null || writing == null) {
            list.entries().stream().findFirst().ifPresent(entry -> showCard(entry.id()));
            return;
        }
        Optional<ImpactCard> now = inbox.card(before.request().id(), Times.zone());
        if (now.isEmpty() || now.get().request().entry().equals(before.request().entry())) {
            return;
        }
        if (writing.isWriting() && now.get().standing() instanceof ImpactCard.Standing.MayNot not) {
            shown = now.get();
            writing.showReason(not.why());
        } else {
            render(now.get());
        }
    }

    private void showNothing() {
        open = null;
        shown = null;
        card.removeAll();
        card.add(
                Parts.state(Shape.HEALTHY, "Nothing is selected", "Held statements appear on the left by themselves."));
    }

    private void approve(String comment) {
        ApprovalId id = open;
        if (id != null) {
            after(id, reviews.approve(id, comment));
        }
    }

    private void deny(String comment) {
        ApprovalId id = open;
        if (id != null) {
            after(id, reviews.deny(id, comment));
        }
    }

    private void after(ApprovalId id, ReviewOutcome outcome) {
        switch (outcome) {
            case ReviewOutcome.Recorded recorded -> {
                say(recorded.verdict() == ReviewVerdict.APPROVE ? "Approved once" : "Denied, the agent was told");
                Optional<ApprovalId> next = list.neighbour(id);
                refresh();
                next.filter(n -> !n.equals(id)).ifPresentOrElse(this::focus, this::showNothing);
            }
            case ReviewOutcome.Refused refused -> {
                say(refused.sentence());
                refresh();
                refreshCard();
            }
        }
    }

    /** Attention goes on to the next statement in the list's order. */
    private void focus(ApprovalId id) {
        showCard(id);
        list.getChildren()
                .filter(row -> row.getId().orElse("").equals(id.toString()))
                .findFirst()
                .ifPresent(row -> ((NativeButton) row).focus());
    }

    private static void say(String words) {
        Notification.show(words, 4_000, Notification.Position.BOTTOM_END);
    }

    private static Optional<ApprovalId> id(String text) {
        try {
            return Optional.of(new ApprovalId(Long.parseLong(text.startsWith("A-") ? text.substring(2) : text)));
        } catch (NumberFormatException wrong) {
            return Optional.empty();
        }
    }
}

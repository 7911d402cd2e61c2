package dev.snowgate.console.approval.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import dev.snowgate.console.approval.ApprovalEntry;
import dev.snowgate.console.approval.Inbox;
import dev.snowgate.console.shell.Parts;
import dev.snowgate.console.shell.Segments;
import dev.snowgate.console.shell.Shape;
import dev.snowgate.console.shell.Times;
import dev.snowgate.model.approval.ApprovalId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * The left side of the page Approvals: what waits, what was decided, and how many arrived since. What is on the page stays
 * there when the database is silent, marked with its age.
 */
final class InboxPanel extends Section {
    private static final long serialVersionUID = 1L;
    static final String WAITING = "waiting";
    static final String DECIDED = "decided";
    private static final int PAGE = 100;
    private final transient Inbox inbox;
    private final transient Clock clock;
    private final transient ShownRequests shown = new ShownRequests();
    private final transient Runnable changedByPerson;
    private final Segments tabs = new Segments("Which requests", this::changeTab);
    private final Span waitingCount = Parts.span("", "sg-num");
    private final Span arrived = new Span();
    private final NativeButton pill;
    private final Div notice = new Div();
    private final InboxList list;
    private transient @Nullable ApprovalId open;
    private transient @Nullable Instant readAt;
    private String search = "";
    private int most = PAGE;

    /**
     * The panel.
     *
     * @param chosen hears the row that a person chose
     * @param changedByPerson hears that a person changed tab or search, so that other rows are shown
     */
    InboxPanel(Inbox inbox, Clock clock, Consumer<ApprovalId> chosen, Runnable changedByPerson) {
        this.inbox = inbox;
        this.clock = clock;
        this.changedByPerson = changedByPerson;
        this.list = new InboxList(chosen);
        addClassName("sg-inbox");
        getElement().setAttribute("aria-label", "Inbox");
        tabs.choice(WAITING, "Waiting", waitingCount).choice(DECIDED, "Decided");
        pill = Parts.pressedBy("n", Parts.button("", "sg-arrived", this::letIn, arrived, Parts.key("N")));
        pill.setId("arrived");
        pill.setVisible(false);
        add(Parts.div("sg-inbox-tools", tabs, new Span("By expiry")), notice, pill, list, foot());
        list.getElement().addEventListener("sg-soon", soon -> list.regroup(clock.instant()));
        list.getElement().addEventListener("sg-unused", unused -> {
            if (shown.arrivals() > 0) {
                renew(open);
            }
        });
        list.show(List.of(), clock.instant(), null, Parts.placeholder(6));
    }

    private static Div foot() {
        Div foot = Parts.div("sg-inbox-foot");
        String[][] keys = {{"J", ""}, {"K", "move"}, {"A", "approve"}, {"D", "deny"}, {"?", "all keys"}};
        for (String[] key : keys) {
            foot.add(Parts.key(key[0]), new Span(key[1]));
        }
        return foot;
    }

    /** Takes tab and search from an address. */
    void restore(String tab, String words) {
        tabs.show(tab.equals(DECIDED) ? DECIDED : WAITING);
        search = words;
    }

    void search(String words) {
        search = words;
        most = PAGE;
        renew(open);
        changedByPerson.run();
    }

    private void changeTab(String tab) {
        most = PAGE;
        renew(null);
        changedByPerson.run();
    }

    /** Reads the list anew; everything that arrived joins at its place. */
    void renew(@Nullable ApprovalId selected) {
        open = selected;
        read(now -> {
            shown.letIn(now, most);
            list.show(shown.rows(), clock.instant(), open, below());
            showArrivals(0);
        });
    }

    /** Looks what changed; rows change in place and arrivals are counted. An empty list has nothing to disturb. */
    void look() {
        if (shown.rows().isEmpty()) {
            renew(open);
            return;
        }
        int before = shown.arrivals();
        read(now -> {
            list.change(shown.update(now, inbox::entries), clock.instant());
            showArrivals(before);
        });
    }

    private void read(Consumer<List<ApprovalEntry>> then) {
        try {
            List<ApprovalEntry> waiting = inbox.waiting(search, most);
            then.accept(tabs.on().equals(WAITING) ? waiting : inbox.decided(search, most, 0));
            waitingCount.setText(waiting.size() + (waiting.size() == most ? "+" : ""));
            readAt = clock.instant();
            notice.removeAll();
        } catch (DataAccessException silent) {
            stopped(clock.instant());
        }
        getElement().executeJs("window.snowgate && window.snowgate.tick()");
    }

    /** The database does not answer since then; what is shown stays. */
    void stopped(Instant since) {
        Instant read = readAt;
        String age = read == null ? "" : " The rows below are from " + Times.clock(read) + ".";
        if (read == null) {
            list.show(List.of(), clock.instant(), null);
        }
        notice.removeAll();
        notice.add(Parts.wrong(
                "The live list stopped at " + Times.clock(since) + ".",
                "The database does not answer. Held statements stay held; nothing runs without a decision." + age,
                Parts.div(
                        "sg-row",
                        Parts.button("Try now", "sg-tool", this::look),
                        Parts.span("again in a second", "sg-dim"))));
    }

    private void letIn() {
        ApprovalId selected = open;
        renew(selected);
        if (selected != null) {
            list.focus(selected);
        }
    }

    private void showArrivals(int before) {
        int now = shown.arrivals();
        pill.setVisible(now > 0);
        arrived.setText(now + " new");
        if (now > before) {
            getElement().executeJs("window.snowgate && window.snowgate.arrived($0)", now);
        }
    }

    private Component[] below() {
        if (shown.rows().isEmpty()) {
            return new Component[] {empty()};
        }
        return shown.rows().size() == most
                ? new Component[] {Parts.button("Show " + PAGE + " more", "sg-tool sg-more", this::more)}
                : new Component[0];
    }

    private Div empty() {
        if (!search.isBlank()) {
            return Parts.state(
                    Shape.HEALTHY, "Nothing matches", Parts.claim("No request speaks of “" + search + "”.", 120));
        }
        if (tabs.on().equals(DECIDED)) {
            return Parts.state(Shape.HEALTHY, "Nothing was decided yet", "Decided and expired requests stay here.");
        }
        String last = inbox.decided("", 1, 0).stream()
                .findFirst()
                .flatMap(ApprovalEntry::decided)
                .map(decided -> " Last one: " + Times.minute(decided.at()) + ", by " + decided.by() + ".")
                .orElse("");
        return Parts.state(
                Shape.HEALTHY,
                "Nothing waits for you",
                Parts.claim("Held statements appear here by themselves." + last, 200),
                Parts.button("See decided", "sg-tool", () -> {
                    tabs.show(DECIDED);
                    changeTab(DECIDED);
                }));
    }

    private void more() {
        most += PAGE;
        renew(open);
    }

    void select(@Nullable ApprovalId id) {
        open = id;
        list.select(id);
    }

    void focus(ApprovalId id) {
        list.focus(id);
    }

    Optional<ApprovalId> first() {
        return list.entries().stream().findFirst().map(ApprovalEntry::id);
    }

    Optional<ApprovalId> neighbour(ApprovalId id) {
        return list.neighbour(id);
    }

    String tab() {
        return tabs.on();
    }

    String search() {
        return search;
    }
}

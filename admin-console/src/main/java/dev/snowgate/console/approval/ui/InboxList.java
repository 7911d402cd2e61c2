package dev.snowgate.console.approval.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import dev.snowgate.console.approval.ApprovalEntry;
import dev.snowgate.console.approval.RequestState;
import dev.snowgate.console.shell.Parts;
import dev.snowgate.console.shell.Shape;
import dev.snowgate.console.shell.Times;
import dev.snowgate.console.text.Titles;
import dev.snowgate.model.approval.ApprovalId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rows of the inbox, in groups by how soon they expire. Keeps its order while a row is looked at. */
final class InboxList extends Div {
    private static final long serialVersionUID = 1L;
    private static final Duration SOON = Duration.ofMinutes(5);
    private final transient Consumer<ApprovalId> chosen;
    private transient List<ApprovalEntry> entries = List.of();
    private transient @Nullable ApprovalId selected;

    InboxList(Consumer<ApprovalId> chosen) {
        this.chosen = chosen;
        addClassName("sg-entries");
        getElement().setAttribute("data-list", "");
        getElement().setAttribute("role", "list");
        getElement().setAttribute("aria-label", "Requests");
    }

    /** Shows these, in this order. */
    void show(List<ApprovalEntry> shown, Instant now, @Nullable ApprovalId open) {
        entries = List.copyOf(shown);
        selected = open;
        removeAll();
        String group = "";
        for (ApprovalEntry entry : entries) {
            String of = group(entry, now);
            if (!of.equals(group)) {
                group = of;
                add(Parts.div("sg-group", new Span(of)));
            }
            add(row(entry, now));
        }
    }

    void select(@Nullable ApprovalId id) {
        selected = id;
        getChildren()
                .filter(NativeButton.class::isInstance)
                .forEach(row ->
                        mark((NativeButton) row, row.getId().orElse("").equals(id == null ? "-" : id.toString())));
    }

    /** The rows as shown. */
    List<ApprovalEntry> entries() {
        return entries;
    }

    /** The row after that one, else the one before it. */
    Optional<ApprovalId> neighbour(ApprovalId id) {
        List<ApprovalId> ids = entries.stream().map(ApprovalEntry::id).toList();
        int at = ids.indexOf(id);
        if (at < 0) {
            return ids.stream().findFirst();
        }
        return at + 1 < ids.size()
                ? Optional.of(ids.get(at + 1))
                : at > 0 ? Optional.of(ids.get(at - 1)) : Optional.empty();
    }

    private NativeButton row(ApprovalEntry entry, Instant now) {
        NativeButton row = new NativeButton("", click -> chosen.accept(entry.id()));
        row.addClassName("sg-entry");
        row.setId(entry.id().toString());
        row.getElement().setAttribute("data-item", "");
        row.getElement().setAttribute("type", "button");
        mark(row, entry.id().equals(selected));
        Span title = Parts.span(Titles.brief(entry.title()), "sg-entry-title");
        title.setTitle(Titles.full(entry.title()));
        row.add(
                shape(entry.state()).alone(),
                title,
                entry.state() == RequestState.PENDING ? left(entry) : ended(entry, now));
        row.add(Parts.div(
                "sg-entry-sub",
                Parts.mono(entry.agent()),
                new Span(entry.person().map(p -> " for ").orElse(" for nobody named")),
                Parts.claim(entry.person().orElse(""), 80)));
        Div foot = Parts.div("sg-entry-foot");
        entry.tags().forEach(tag -> foot.add(Parts.tag(tag)));
        foot.add(
                Parts.div("sg-grow"),
                new Span(entry.decided()
                        .map(d -> "by " + d.by())
                        .orElse(entry.id().toString())));
        row.add(foot);
        return row;
    }

    private static void mark(NativeButton row, boolean on) {
        row.getElement().setAttribute("aria-current", String.valueOf(on));
    }

    private static Span left(ApprovalEntry entry) {
        Span left = new Span(Parts.span("", "sg-clock"), Parts.span("", "sg-ring"));
        left.addClassName("sg-left");
        countdown(left.getElement(), entry);
        return left;
    }

    /** The script counts down by itself; the server sends the deadline once. */
    static void countdown(com.vaadin.flow.dom.Element element, ApprovalEntry entry) {
        element.setAttribute("data-deadline", String.valueOf(entry.expiresAt().toEpochMilli()));
        element.setAttribute(
                "data-total",
                String.valueOf(
                        Duration.between(entry.createdAt(), entry.expiresAt()).toMillis()));
    }

    private static Span ended(ApprovalEntry entry, Instant now) {
        Instant at = entry.decided().map(ApprovalEntry.Decided::at).orElse(entry.expiresAt());
        Span ended = new Span(Times.of(Times.recent(at, now), at));
        ended.addClassNames("sg-left");
        return ended;
    }

    static Shape shape(RequestState state) {
        return switch (state) {
            case PENDING -> Shape.HELD;
            case APPROVED, USED -> Shape.ALLOWED;
            case DENIED -> Shape.DENIED;
            case EXPIRED, WITHDRAWN -> Shape.ENDED;
        };
    }

    private static String group(ApprovalEntry entry, Instant now) {
        if (entry.state() != RequestState.PENDING) {
            return Times.day(entry.createdAt());
        }
        return Duration.between(now, entry.expiresAt()).compareTo(SOON) < 0 ? "Expires soon" : "Later";
    }

    /** Whether these are other rows, or other facts about them, than the ones shown. */
    boolean differs(List<ApprovalEntry> other) {
        return !new ArrayList<>(entries).equals(other);
    }
}

package dev.snowgate.console.approval.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.dom.Element;
import dev.snowgate.console.approval.ApprovalEntry;
import dev.snowgate.console.approval.RequestState;
import dev.snowgate.console.shell.Parts;
import dev.snowgate.console.shell.Shape;
import dev.snowgate.console.shell.Times;
import dev.snowgate.console.text.Titles;
import dev.snowgate.console.text.VisibleText;
import dev.snowgate.model.approval.ApprovalId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the inbox, in groups by how soon they expire. A row once shown stays the same element: facts change in
 * place, headings move around it, and the focus stays where it is.
 */
final class InboxList extends Div {
    private static final long serialVersionUID = 1L;
    private static final Duration SOON = Duration.ofMinutes(5);
    private final transient Consumer<ApprovalId> chosen;
    private final UnorderedList rows = new UnorderedList();
    private final Div end = new Div();
    private final transient Map<ApprovalId, NativeButton> buttons = new LinkedHashMap<>();
    private transient List<ApprovalEntry> entries = List.of();
    private transient @Nullable ApprovalId selected;

    InboxList(Consumer<ApprovalId> chosen) {
        this.chosen = chosen;
        addClassName("sg-entries");
        rows.getElement().setAttribute("data-list", "");
        rows.getElement().setAttribute("aria-label", "Requests");
        add(rows, end);
    }

    /** Shows these, in this order; {@code after} stands below them. */
    void show(List<ApprovalEntry> shown, Instant now, @Nullable ApprovalId open, Component... after) {
        entries = List.copyOf(shown);
        selected = open;
        buttons.clear();
        rows.removeAll();
        rows.setVisible(!entries.isEmpty());
        entries.forEach(entry -> rows.add(item(entry, now)));
        regroup(now);
        end.removeAll();
        end.add(after);
    }

    /** Says what changed of rows that are shown; nothing moves. */
    void change(List<ApprovalEntry> changed, Instant now) {
        List<ApprovalEntry> all = new ArrayList<>(entries);
        for (ApprovalEntry entry : changed) {
            NativeButton row = buttons.get(entry.id());
            if (row != null) {
                fill(row, entry, now);
                all.replaceAll(before -> before.id().equals(entry.id()) ? entry : before);
            }
        }
        entries = List.copyOf(all);
    }

    /** Puts the headings where they belong at this time; the rows stay. */
    void regroup(Instant now) {
        rows.getChildren()
                .filter(child -> child.hasClassName("sg-group"))
                .toList()
                .forEach(rows::remove);
        List<Component> items = rows.getChildren().toList();
        boolean waiting = entries.stream().anyMatch(entry -> entry.state() == RequestState.PENDING);
        String group = "";
        int added = 0;
        for (int i = 0; i < items.size(); i++) {
            String of = waiting
                    ? soon(entries.get(i), now)
                    : Times.day(entries.get(i).createdAt());
            if (!of.equals(group)) {
                group = of;
                ListItem heading = new ListItem(of);
                heading.addClassName("sg-group");
                rows.addComponentAtIndex(i + added++, heading);
            }
        }
    }

    void select(@Nullable ApprovalId id) {
        selected = id;
        buttons.forEach((of, row) -> mark(row, of.equals(id)));
    }

    /** Moves the focus to a row, if it is shown. */
    void focus(ApprovalId id) {
        NativeButton row = buttons.get(id);
        if (row != null) {
            row.focus();
        }
    }

    /** The rows as shown. */
    List<ApprovalEntry> entries() {
        return entries;
    }

    /** The next row that still waits after that one, else the one before it. */
    Optional<ApprovalId> neighbour(ApprovalId id) {
        List<ApprovalId> ids = entries.stream()
                .filter(entry -> entry.id().equals(id) || entry.state() == RequestState.PENDING)
                .map(ApprovalEntry::id)
                .toList();
        int at = ids.indexOf(id);
        if (at < 0) {
            return ids.stream().findFirst();
        }
        return at + 1 < ids.size()
                ? Optional.of(ids.get(at + 1))
                : at > 0 ? Optional.of(ids.get(at - 1)) : Optional.empty();
    }

    private ListItem item(ApprovalEntry entry, Instant now) {
        NativeButton row = new NativeButton("", click -> chosen.accept(entry.id()));
        row.setId(entry.id().toString());
        row.addClassName("sg-entry");
        row.getElement().setAttribute("data-item", "");
        row.getElement().setAttribute("type", "button");
        mark(row, entry.id().equals(selected));
        fill(row, entry, now);
        buttons.put(entry.id(), row);
        ListItem item = new ListItem(row);
        item.addClassName("sg-item");
        return item;
    }

    private static void fill(NativeButton row, ApprovalEntry entry, Instant now) {
        row.removeAll();
        row.setClassName("sg-over", entry.state() != RequestState.PENDING);
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
        entry.tags().forEach(tag -> foot.add(Parts.tag(VisibleText.line(tag, 60))));
        foot.add(Parts.div("sg-grow"), last(entry));
        row.add(foot);
    }

    private static Span last(ApprovalEntry entry) {
        if (entry.decided().isPresent()) {
            return Parts.claim("by " + entry.decided().get().by(), 40);
        }
        return new Span(
                entry.state() == RequestState.PENDING
                        ? entry.id().toString()
                        : entry.state().word());
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
    static void countdown(Element element, ApprovalEntry entry) {
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

    private static String soon(ApprovalEntry entry, Instant now) {
        return Duration.between(now, entry.expiresAt()).compareTo(SOON) < 0 ? "Expires soon" : "Later";
    }
}

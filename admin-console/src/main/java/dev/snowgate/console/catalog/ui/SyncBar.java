package dev.snowgate.console.catalog.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import dev.snowgate.console.catalog.DatabaseSeen;
import dev.snowgate.console.catalog.SyncRun;
import dev.snowgate.console.catalog.SyncStatus;
import dev.snowgate.console.shell.Parts;
import dev.snowgate.console.shell.Shape;
import dev.snowgate.console.shell.Times;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** How old the catalog is, what the last reading said, and the wish for another one. */
final class SyncBar extends Div {
    private static final long serialVersionUID = 1L;
    private final transient Clock clock;
    private final boolean maySync;
    private final Div words = Parts.div("sg-row-wrap sg-grow");
    private final Div trouble = new Div();
    private final NativeButton button;

    SyncBar(Clock clock, boolean maySync, Runnable start) {
        this.clock = clock;
        this.maySync = maySync;
        addClassName("sg-sync");
        setId("sync");
        button = Parts.button("Sync now", "sg-tool", start);
        button.setId("sync-now");
        words.getElement().setAttribute("aria-live", "polite");
        add(Parts.div("sg-row", words, button), trouble);
    }

    void show(SyncStatus status) {
        words.removeAll();
        trouble.removeAll();
        Optional<SyncRun> run = status.last();
        words.add(status.running() ? running(run) : idle(status));
        button.setVisible(maySync && status.configured());
        button.setEnabled(!status.running());
        if (!status.configured()) {
            words.add(Parts.span(
                    "This console has no way to Snowflake for this account; load-catalog takes a file.", "sg-dim"));
        } else if (!maySync) {
            words.add(Parts.span("Reading it now needs the role admin.", "sg-dim"));
        }
        if (!status.running()) {
            run.filter(last -> !last.problem().isEmpty()).ifPresent(last -> problem(last));
            run.filter(last -> last.endedAt().isEmpty())
                    .ifPresent(
                            last -> trouble.add(
                                    Parts.wrong(
                                            "The last reading did not end.",
                                            "It began at " + Times.recent(last.startedAt(), clock.instant())
                                                    + ". What it had read of whole databases is stored; the others stay as they were.")));
        }
    }

    private Component running(Optional<SyncRun> run) {
        Div shown = Parts.div("sg-row", Parts.span("Reading", "sg-strong"));
        run.ifPresent(now -> {
            if (!now.reading().isEmpty()) {
                shown.add(Parts.mono(now.reading()));
            }
            shown.add(Parts.span(now.done() + " of " + databases(now.databases()) + " done", "sg-num"));
            shown.add(Parts.claim("for " + now.startedBy(), 80));
        });
        return shown;
    }

    private Component idle(SyncStatus status) {
        Optional<Instant> oldest =
                status.databases().stream().map(DatabaseSeen::at).min(Comparator.naturalOrder());
        if (oldest.isEmpty()) {
            return new Span(Shape.TROUBLE.mark(), Parts.span(" Never read", "sg-strong"));
        }
        int objects =
                status.databases().stream().mapToInt(DatabaseSeen::objects).sum();
        Div shown = Parts.div("sg-row-wrap");
        shown.add(
                new Span("Read"),
                Times.of(Times.recent(oldest.get(), clock.instant()), oldest.get()),
                Parts.span(databases(status.databases().size()) + ", " + objects + " objects", "sg-num"));
        status.last()
                .filter(run -> run.endedAt().isPresent() && run.problem().isEmpty())
                .ifPresent(run -> shown.add(Parts.span(
                        "last run: " + run.changed() + " changed, " + run.gone() + " gone",
                        "sg-dim sg-num".split(" "))));
        return shown;
    }

    private void problem(SyncRun last) {
        String since = last.endedAt()
                .map(at -> Times.recent(at, clock.instant()))
                .orElseGet(() -> Times.recent(last.startedAt(), clock.instant()));
        trouble.add(Parts.wrong(
                "The last reading had a problem at " + since + ".",
                last.problem() + " " + last.done() + " of " + databases(last.databases())
                        + " were read; the others stay as they were, and statements are judged on them."));
    }

    private static String databases(int count) {
        return count == 1 ? "1 database" : count + " databases";
    }
}

package dev.snowgate.console.recording.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.snowgate.console.recording.RecordingService;
import dev.snowgate.console.recording.Replay;
import dev.snowgate.console.recording.ReplayStep;
import dev.snowgate.console.recording.ReplayStep.Verdict;
import dev.snowgate.console.recording.SessionSummary;
import dev.snowgate.console.security.Roles;
import dev.snowgate.console.shell.Icon;
import dev.snowgate.console.shell.PageHead;
import dev.snowgate.console.shell.Parts;
import dev.snowgate.console.shell.Shape;
import dev.snowgate.console.shell.Times;
import dev.snowgate.console.text.VisibleText;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.recording.ChainReport;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The replay of one session. Session, moment and speed are in the address. */
@Route("sessions/:session")
@PageTitle("Replay – Snowgate")
@RolesAllowed({Roles.ADMIN, Roles.APPROVER, Roles.AUDITOR})
class ReplayView extends Main implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;
    private final transient RecordingService recordings;
    private final PageHead head = new PageHead("Sessions");
    private final Div body = Parts.div("sg-replay");
    private final MomentView moment = new MomentView();
    private final TrailView trail = new TrailView();
    private transient @Nullable Replay replay;
    private @Nullable Scrubber scrubber;
    private @Nullable Transcript transcript;
    private int at;
    private String speed = Transport.USUAL;
    private boolean skipIdle = true;

    ReplayView(RecordingService recordings) {
        this.recordings = recordings;
        addClassName("sg-page");
        head.with(PageHead.search("Find in this session", this::find));
        add(head, body);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        Optional<Replay> opened = event.getRouteParameters()
                .get("session")
                .flatMap(ReplayView::id)
                .flatMap(recordings::open);
        if (opened.isEmpty()) {
            body.removeAll();
            body.add(Parts.state(Shape.ENDED, "There is no such session", "It may belong to another installation."));
            return;
        }
        QueryParameters asked = event.getLocation().getQueryParameters();
        speed = asked.getSingleParameter("speed").filter(Transport::isSpeed).orElse(Transport.USUAL);
        skipIdle = !asked.getSingleParameter("idle").orElse("").equals("play");
        build(opened.get(), asked.getSingleParameter("at").orElse(""));
    }

    private void build(Replay now, String wanted) {
        replay = now;
        String id = now.session().id().toString();
        head.crumb(id.substring(0, 13), id);
        body.removeAll();
        body.add(head(now));
        if (now.steps().isEmpty()) {
            body.add(Parts.state(Shape.HEALTHY, "Nothing was asked", "The agent logged in and sent no statement."));
            return;
        }
        Scrubber line = new Scrubber(now.session().openedAt(), now.steps(), this::show);
        scrubber = line;
        body.add(Parts.div("sg-scrub", line, new Transport(line, speed, skipIdle, this::step, this::paced, this::nextRefusal)));
        Transcript list = new Transcript(now.steps(), this::show);
        transcript = list;
        body.add(Parts.div("sg-replay-body", list, moment, trail));
        int first = 0;
        for (int i = 0; i < now.steps().size(); i++) {
            if (now.steps().get(i).id().toString().equals(wanted)) {
                first = i;
            }
        }
        show(first);
    }

    private static Component head(Replay now) {
        SessionSummary session = now.session();
        H2 sentence = new H2(VisibleText.line(
                session.agent() + session.person().map(person -> " for " + person).orElse(""), 300));
        sentence.addClassName("sg-sentence");
        String times = Times.day(session.openedAt()) + ", " + Times.minute(session.openedAt()) + " to "
                + now.steps().stream()
                        .map(ReplayStep::decidedAt)
                        .max(java.util.Comparator.naturalOrder())
                        .map(Times::minute)
                        .orElse(Times.minute(session.lastSeenAt()));
        String counts = session.statements() + (session.statements() == 1 ? " statement: " : " statements: ")
                + session.allowed() + " allowed, " + session.held() + " held, " + session.denied() + " denied · "
                + String.format(Locale.ROOT, "%,d", session.maskedCells()) + " cells masked";
        Div words = Parts.div("sg-grow", sentence, Parts.div("sg-facts", new Span(times + " · " + counts)));
        NativeButton link = Parts.button("", "", () -> {}, Icon.LINK.mark(), new Span("Copy link to moment"));
        link.getElement().setAttribute("data-copy", "");
        link.getElement().setAttribute("data-copy-address", "");
        return Parts.div("sg-replay-head", words, chain(now), link);
    }

    private static Component chain(Replay now) {
        Div chain = Parts.div("sg-chain", Icon.CHAIN.mark());
        switch (now.chain()) {
            case ChainReport.Verified verified ->
                chain.add(
                        new Span(
                                Parts.span("Chain verified", "sg-strong"),
                                new Span(", " + verified.count() + " events")),
                        Shape.HEALTHY.mark());
            case ChainReport.Broken broken -> {
                chain.add(
                        new Span(Parts.span("Chain broken", "sg-strong"), new Span(" at event " + broken.seq())),
                        Shape.TROUBLE.mark());
                chain.getElement().setAttribute("title", broken.problem());
            }
        }
        return chain;
    }

    private void show(int index) {
        Replay now = replay;
        Scrubber line = scrubber;
        Transcript list = transcript;
        if (now == null || line == null || list == null) {
            return;
        }
        at = index;
        ReplayStep step = now.steps().get(index);
        list.show(index);
        line.show(index);
        recordings.moment(now.session().id(), step.id()).ifPresent(shown -> {
            moment.show(shown, index + 1, now.steps().size());
            trail.show(shown);
        });
        remember();
    }

    /** Session, moment and speed stand in the address, so that it can be sent to a colleague. */
    private void remember() {
        Replay now = replay;
        if (now != null && !now.steps().isEmpty()) {
            String address = SessionNavigation.address(
                    now.session().id(), now.steps().get(at).id(), speed, skipIdle);
            getUI().ifPresent(ui -> ui.getPage().getHistory().replaceState(null, address));
        }
    }

    private void paced(String chosen, boolean skip) {
        speed = chosen;
        skipIdle = skip;
        remember();
    }

    private void step(int by) {
        Replay now = replay;
        if (now != null) {
            show(Math.max(0, Math.min(now.steps().size() - 1, at + by)));
        }
    }

    private void nextRefusal() {
        findFrom(step -> step.verdict() == Verdict.DENIED);
    }

    private void find(String words) {
        String wanted = words.strip().toLowerCase(Locale.ROOT);
        if (!wanted.isEmpty()) {
            findFrom(step -> step.title().toLowerCase(Locale.ROOT).contains(wanted)
                    || step.id().toString().startsWith(wanted));
        }
    }

    private void findFrom(java.util.function.Predicate<ReplayStep> wanted) {
        Replay now = replay;
        if (now == null) {
            return;
        }
        int size = now.steps().size();
        for (int i = 1; i <= size; i++) {
            int index = (at + i) % size;
            if (wanted.test(now.steps().get(index))) {
                show(index);
                return;
            }
        }
    }

    private static Optional<SessionId> id(String text) {
        try {
            return Optional.of(new SessionId(UUID.fromString(text)));
        } catch (IllegalArgumentException wrong) {
            return Optional.empty();
        }
    }
}

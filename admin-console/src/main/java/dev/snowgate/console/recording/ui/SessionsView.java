package dev.snowgate.console.recording.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.provider.DataProvider;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.snowgate.console.recording.RecordingService;
import dev.snowgate.console.recording.SessionSummary;
import dev.snowgate.console.security.Roles;
import dev.snowgate.console.shell.PageHead;
import dev.snowgate.console.shell.Parts;
import dev.snowgate.console.shell.Shape;
import dev.snowgate.console.shell.Times;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.Duration;

/** The list of sessions, the newest first. */
@Route("sessions")
@PageTitle("Sessions – Snowgate")
@RolesAllowed({Roles.ADMIN, Roles.APPROVER, Roles.AUDITOR})
class SessionsView extends Main implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;
    private final transient RecordingService recordings;
    private final transient Clock clock;
    private final Grid<SessionSummary> grid = new Grid<>();
    private final Div list = Parts.div("sg-list-page");
    private final TextField find = PageHead.search("Agent, person, client", this::search);
    private String search = "";

    SessionsView(RecordingService recordings, Clock clock) {
        this.recordings = recordings;
        this.clock = clock;
        addClassName("sg-page");
        grid.addClassName("sg-grid");
        grid.getElement().setAttribute("aria-label", "Sessions");
        grid.addComponentColumn(this::opened)
                .setHeader("Opened")
                .setAutoWidth(true)
                .setFlexGrow(0);
        grid.addComponentColumn(SessionsView::who).setHeader("Agent").setFlexGrow(2);
        grid.addComponentColumn(session -> Parts.claim(session.client(), 60))
                .setHeader("Client")
                .setFlexGrow(1);
        grid.addColumn(session -> length(session))
                .setHeader("Length")
                .setAutoWidth(true)
                .setFlexGrow(0);
        grid.addColumn(SessionSummary::statements)
                .setHeader("Statements")
                .setAutoWidth(true)
                .setFlexGrow(0);
        grid.addComponentColumn(SessionsView::counts).setHeader("What happened").setFlexGrow(2);
        grid.addComponentColumn(session -> new Span(session.closedAt().isPresent() ? "closed" : "open"))
                .setHeader("State")
                .setAutoWidth(true)
                .setFlexGrow(0);
        grid.addItemClickListener(click -> getUI().ifPresent(ui ->
                ui.navigate(SessionNavigation.address(click.getItem().id()))));
        grid.setDataProvider(DataProvider.fromCallbacks(
                query -> recordings.sessions(search, query.getLimit(), query.getOffset()).stream(),
                query -> recordings.count(search)));
        list.add(grid);
        add(new PageHead("Sessions").with(find), list);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        find.setValue(event.getLocation()
                .getQueryParameters()
                .getSingleParameter("find")
                .orElse(""));
        showState();
    }

    private void search(String words) {
        search = words;
        grid.getDataProvider().refreshAll();
        showState();
        Location address = new Location(
                "sessions", words.isBlank() ? QueryParameters.empty() : QueryParameters.of("find", words));
        getUI().ifPresent(ui -> ui.getPage().getHistory().replaceState(null, address));
    }

    private void showState() {
        list.removeAll();
        if (recordings.count(search) > 0) {
            list.add(grid);
        } else if (search.isBlank()) {
            list.add(Parts.state(
                    Shape.HEALTHY,
                    "No session yet",
                    "Sessions appear here when an agent logs in through the gateway."));
        } else {
            list.add(Parts.state(Shape.HEALTHY, "Nothing matches", "No session speaks of “" + search + "”."));
        }
    }

    private Component opened(SessionSummary session) {
        return Times.of(Times.recent(session.openedAt(), clock.instant()), session.openedAt());
    }

    private static Component who(SessionSummary session) {
        Anchor agent = new Anchor(SessionNavigation.address(session.id()), Parts.mono(session.agent()));
        agent.addClassName("sg-link");
        return new Span(
                agent, Parts.claim(session.person().map(person -> " for " + person).orElse(" for nobody named"), 120));
    }

    private static String length(SessionSummary session) {
        return Times.length(
                Duration.between(session.openedAt(), session.closedAt().orElse(session.lastSeenAt())));
    }

    private static Component counts(SessionSummary session) {
        Div counts = Parts.div("sg-row sg-num");
        count(counts, Shape.ALLOWED, session.allowed());
        count(counts, Shape.HELD, session.held());
        count(counts, Shape.DENIED, session.denied());
        if (session.maskedCells() > 0) {
            counts.add(new Span(Shape.MASKED.alone(), new Span(" " + session.maskedCells() + " cells")));
        }
        return counts;
    }

    private static void count(Div counts, Shape shape, int number) {
        if (number > 0) {
            counts.add(new Span(shape.alone(), new Span(" " + number)));
        }
    }
}

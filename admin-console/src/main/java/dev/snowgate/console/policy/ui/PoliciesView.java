package dev.snowgate.console.policy.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.snowgate.console.policy.PolicyService;
import dev.snowgate.console.policy.PolicyVersion;
import dev.snowgate.console.security.Roles;
import dev.snowgate.console.shell.PageHead;
import dev.snowgate.console.shell.Parts;
import dev.snowgate.console.shell.Segments;
import dev.snowgate.console.shell.Shape;
import dev.snowgate.console.shell.Times;
import dev.snowgate.policy.PolicyProblem;
import dev.snowgate.policy.PolicySource;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The page Policies: which version is in force, what it says, and what it would say to a statement. */
@Route("policies/:version?")
@PageTitle("Policies – Snowgate")
@RolesAllowed({Roles.ADMIN, Roles.APPROVER, Roles.AUDITOR})
class PoliciesView extends Main implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;
    private final transient PolicyService policies;
    private final transient Clock clock;
    private final PageHead head = new PageHead("Policies");
    private final Div body = Parts.div("sg-policies");
    private final Section versions = new Section();
    private final Section files = new Section();
    private transient List<PolicyVersion> known = List.of();
    private long open;
    private String wantedFile = "";

    PoliciesView(PolicyService policies, Clock clock) {
        this.policies = policies;
        this.clock = clock;
        addClassName("sg-page");
        versions.addClassName("sg-versions");
        versions.getElement().setAttribute("data-list", "");
        files.addClassName("sg-files");
        List<String> accounts = policies.accounts();
        body.add(
                versions,
                files,
                new TryPanel(
                        accounts.isEmpty() ? "" : accounts.getFirst(), attempt -> policies.attempt(open, attempt)));
        add(head, body);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        known = policies.versions();
        wantedFile = event.getLocation()
                .getQueryParameters()
                .getSingleParameter("file")
                .orElse("");
        Optional<Long> wanted = event.getRouteParameters().get("version").flatMap(PoliciesView::number);
        Optional<PolicyVersion> shown = known.stream()
                .filter(v -> wanted.map(w -> w == v.version()).orElse(v.running()))
                .findFirst()
                .or(() -> known.stream().findFirst());
        if (shown.isEmpty()) {
            removeAll();
            add(
                    head,
                    Parts.state(
                            Shape.TROUBLE,
                            "No policy is published",
                            "Without one every statement is refused. ./snowgate migrate publishes the first version."));
            return;
        }
        show(shown.get());
    }

    private void show(PolicyVersion version) {
        open = version.version();
        head.crumb("v" + version.version());
        versions.removeAll();
        versions.add(new Header(new Span("Versions")));
        known.forEach(v -> versions.add(row(v)));
        showFiles(version);
        remember();
    }

    /** Version and file stand in the address; a statement that is tried never does, because it may hold values. */
    private void remember() {
        Location address = new Location(
                PolicyNavigation.address(open),
                wantedFile.isEmpty() ? QueryParameters.empty() : QueryParameters.of("file", wantedFile));
        getUI().ifPresent(ui -> ui.getPage().getHistory().replaceState(null, address));
    }

    private NativeButton row(PolicyVersion version) {
        NativeButton row = new NativeButton("", click -> show(version));
        row.addClassName("sg-version");
        row.setId("version-" + version.version());
        row.getElement().setAttribute("data-item", "");
        row.getElement().setAttribute("aria-current", String.valueOf(version.version() == open));
        Div first = Parts.div("sg-row", Parts.span("v" + version.version(), "sg-strong"));
        if (version.running()) {
            first.add(Parts.badge(Shape.HEALTHY, "Running"));
        } else if (version.publishedAt().isEmpty()) {
            first.add(Parts.tag("not published"));
        }
        java.time.Instant at = version.publishedAt().orElse(version.createdAt());
        Times.Moment time = Times.of(
                java.time.Duration.between(at, clock.instant()).toHours() < 18 ? Times.minute(at) : Times.shortDay(at),
                at);
        time.addClassName("sg-small");
        first.add(Parts.div("sg-grow"), time);
        row.add(
                first,
                new Div(new Span(version.comment().isBlank() ? "No comment" : version.comment())),
                Parts.span(version.createdBy(), "sg-small"));
        return row;
    }

    private void showFiles(PolicyVersion version) {
        files.removeAll();
        List<PolicySource> sources = policies.files(version.version());
        List<PolicyProblem> problems = policies.problems(version.version());
        if (sources.isEmpty()) {
            files.add(Parts.state(
                    Shape.TROUBLE, "This version has no files", "It decides nothing: every statement is refused."));
            return;
        }
        Div text = new Div();
        text.getStyle().set("display", "contents");
        Segments tabs = new Segments("Files", path -> {
            wantedFile = path;
            remember();
            showFile(text, sources, path, problems);
        });
        sources.forEach(source ->
                tabs.choice(source.path(), source.path().substring(source.path().lastIndexOf('/') + 1)));
        String first = sources.stream()
                .filter(source -> wantedFile.isEmpty()
                        ? source.path().contains("production")
                        : source.path().equals(wantedFile))
                .findFirst()
                .orElse(sources.getFirst())
                .path();
        tabs.show(first);
        files.add(Parts.div("sg-files-head", tabs), text, foot(version, problems));
        showFile(text, sources, first, problems);
    }

    private static void showFile(Div text, List<PolicySource> sources, String path, List<PolicyProblem> problems) {
        text.removeAll();
        sources.stream()
                .filter(source -> source.path().equals(path))
                .findFirst()
                .ifPresent(source -> text.add(new YamlText(
                        source.text(),
                        problems.stream()
                                .filter(problem -> problem.file().equals(path))
                                .toList())));
    }

    private static Component foot(PolicyVersion version, List<PolicyProblem> problems) {
        long errors = problems.stream()
                .filter(problem -> problem.severity() == PolicyProblem.Severity.ERROR)
                .count();
        long warnings = problems.size() - errors;
        Span state = errors > 0
                ? new Span(
                        Shape.TROUBLE.mark(),
                        Parts.span(
                                " " + errors + (errors == 1 ? " problem" : " problems")
                                        + ", this version decides nothing",
                                "sg-strong"))
                : new Span(
                        Shape.HEALTHY.mark(),
                        new Span(" compiles, " + (warnings == 1 ? "1 warning" : warnings + " warnings")));
        Div foot = Parts.div("sg-files-foot", state);
        problems.stream()
                .limit(1)
                .forEach(problem -> foot.add(Parts.claim(
                        problem.file() + ":" + problem.line() + ":" + problem.column() + " " + problem.message(),
                        120)));
        foot.add(Parts.div("sg-grow"), Parts.span(version.running() ? "in force, read only" : "read only", "sg-dim"));
        return foot;
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text.startsWith("v") ? text.substring(1) : text));
        } catch (NumberFormatException wrong) {
            return Optional.empty();
        }
    }
}

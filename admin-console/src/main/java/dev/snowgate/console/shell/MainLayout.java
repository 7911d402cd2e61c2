package dev.snowgate.console.shell;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import com.vaadin.flow.spring.security.AuthenticationContext;
import dev.snowgate.console.ConsoleProperties;
import dev.snowgate.console.approval.InboxWatch;
import dev.snowgate.console.security.CurrentPerson;
import dev.snowgate.console.security.Person;
import java.time.Clock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;

/** The frame of every page: navigation, held count, person. */
@Layout
@AnonymousAllowed
class MainLayout extends AppLayout {
    private static final long serialVersionUID = 1L;
    private final transient InboxWatch watch;
    private final transient AuthenticationContext authentication;
    private final transient Clock clock;
    private boolean reads;
    private final Span count = Parts.span("", "sg-count");
    private transient @Nullable Runnable leave;

    MainLayout(
            InboxWatch watch,
            CurrentPerson current,
            AuthenticationContext authentication,
            ConsoleProperties properties,
            Clock clock) {
        this.watch = watch;
        this.authentication = authentication;
        this.clock = clock;
        setPrimarySection(Section.DRAWER);
        Div brand = Parts.div("sg-brand", Icon.BRAND.mark(), new Span("Snowgate"));
        Aside drawer =
                new Aside(brand, Parts.div("sg-place", new Span(properties.place())), navigation(), foot(current));
        drawer.addClassName("sg-drawer");
        drawer.getElement().setAttribute("aria-label", "Snowgate");
        addToDrawer(drawer);
    }

    private SideNav navigation() {
        count.setVisible(false);
        SideNavItem approvals = item("Approvals", "approvals", Icon.APPROVALS, "a");
        approvals.setSuffixComponent(count);
        SideNav navigation = new SideNav();
        navigation.getElement().setAttribute("aria-label", "Pages");
        navigation.addItem(
                approvals,
                item("Sessions", "sessions", Icon.SESSIONS, "s"),
                item("Policies", "policies", Icon.POLICIES, "p"),
                item("Catalog", "catalog", Icon.CATALOG, "c"));
        return navigation;
    }

    private static SideNavItem item(String words, String path, Icon icon, String key) {
        SideNavItem item = new SideNavItem(words, path, icon.mark());
        item.setMatchNested(true);
        item.getElement().setAttribute("data-go", key);
        return item;
    }

    private Component foot(CurrentPerson current) {
        Div keys = new Div(Parts.pressedBy("?", Parts.button("All keys", "sg-hidden", () -> new KeysDialog().open())));
        return Parts.div(
                "sg-drawer-foot", spoken("sg-live", "polite"), spoken("sg-alert", "assertive"), keys, person(current));
    }

    /** A region that only screen readers notice; the script writes into it. */
    private static Div spoken(String id, String manner) {
        Div region = new Div();
        region.setId(id);
        region.addClassName("sg-hidden");
        region.getElement().setAttribute("aria-live", manner);
        return region;
    }

    private Component person(CurrentPerson current) {
        Person person;
        try {
            person = current.require();
        } catch (AccessDeniedException nobody) {
            return new Div();
        }
        String roles = person.roles().stream()
                .map(role -> role.toLowerCase(java.util.Locale.ROOT))
                .sorted()
                .collect(Collectors.joining(", "));
        reads = !person.roles().isEmpty();
        Span name = Parts.claim(person.name(), 80);
        name.addClassName("sg-strong");
        Div words = new Div(new Div(name), new Div(Parts.span(roles.isEmpty() ? "no role" : roles, "sg-small")));
        words.addClassName("sg-grow");
        Component out = Parts.button("", "sg-plain sg-tool", authentication::logout, Icon.OUT.mark());
        out.getElement().setAttribute("aria-label", "Log out");
        out.getElement().setAttribute("title", "Log out");
        return Parts.div("sg-person", Parts.span(person.initials(), "sg-avatar"), words, out);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        UI ui = event.getUI();
        ui.getPage().addJavaScript("js/console.js");
        ui.getPage()
                .executeJs(
                        "const t = $0; const go = () => window.snowgate ? window.snowgate.sync(t) : setTimeout(go,"
                                + " 50); go()",
                        (double) clock.millis());
        if (!reads) {
            // Without a role not even the number of what waits.
            return;
        }
        leave = watch.listen(pulse -> {
            if (!ui.isClosing()) {
                ui.access(() -> show(pulse));
            }
        });
    }

    @Override
    protected void onDetach(DetachEvent event) {
        Runnable current = leave;
        if (current != null) {
            current.run();
        }
    }

    private void show(InboxWatch.Pulse pulse) {
        count.setText(String.valueOf(pulse.waiting()));
        count.getElement().setAttribute("aria-label", pulse.waiting() + " waiting");
        count.setVisible(pulse.waiting() > 0);
    }
}

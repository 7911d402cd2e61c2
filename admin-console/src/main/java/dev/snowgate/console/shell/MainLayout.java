package dev.snowgate.console.shell;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.applayout.AppLayout;
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
        Div drawer = Parts.div(
                "sg-drawer", brand, Parts.div("sg-place", new Span(properties.place())), navigation(), foot(current));
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
                item("Policies", "policies", Icon.POLICIES, "p"));
        return navigation;
    }

    private static SideNavItem item(String words, String path, Icon icon, String key) {
        SideNavItem item = new SideNavItem(words, path, icon.mark());
        item.setMatchNested(true);
        item.getElement().setAttribute("data-go", key);
        return item;
    }

    private Component foot(CurrentPerson current) {
        Div live = new Div();
        live.setId("sg-live");
        live.addClassName("sg-hidden");
        live.getElement().setAttribute("aria-live", "polite");
        Div keys = new Div(Parts.pressedBy("?", Parts.button("All keys", "sg-hidden", () -> new KeysDialog().open())));
        return Parts.div("sg-drawer-foot", live, keys, person(current));
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
        Div words = new Div(
                new Div(Parts.span(person.name(), "sg-strong")),
                new Div(Parts.span(roles.isEmpty() ? "no role" : roles, "sg-small")));
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
                        "const t = $0; const go = () => window.snowgate ? window.snowgate.sync(t) : setTimeout(go, 50); go()",
                        (double) clock.millis());
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

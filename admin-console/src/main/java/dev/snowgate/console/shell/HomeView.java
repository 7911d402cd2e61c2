package dev.snowgate.console.shell;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import dev.snowgate.console.security.CurrentPerson;
import dev.snowgate.console.security.Person;
import jakarta.annotation.security.PermitAll;

/** The root: leads on to the inbox, or says that a person has no role here. */
@Route("")
@PermitAll
class HomeView extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;
    private final transient CurrentPerson current;

    HomeView(CurrentPerson current) {
        this.current = current;
        addClassName("sg-page");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        Person person = current.require();
        if (!person.roles().isEmpty()) {
            event.forwardTo("approvals");
            return;
        }
        removeAll();
        add(
                new PageHead("Snowgate"),
                Parts.state(
                        Shape.ENDED,
                        "You have no role here",
                        "Your groups give none of admin, approver, auditor. Ask whoever runs this console."));
    }
}

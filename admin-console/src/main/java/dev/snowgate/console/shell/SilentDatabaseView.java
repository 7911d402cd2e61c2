package dev.snowgate.console.shell;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import dev.snowgate.console.approval.InboxWatch;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** Stands in place of a page that cannot be read while the database is silent, and gives way to it when it answers again. */
@ParentLayout(MainLayout.class)
class SilentDatabaseView extends Main implements HasErrorParameter<DataAccessException> {
    private static final long serialVersionUID = 1L;
    private final transient InboxWatch watch;
    private final transient Clock clock;
    private transient @Nullable Runnable leave;
    private boolean silent;

    SilentDatabaseView(InboxWatch watch, Clock clock) {
        this.watch = watch;
        this.clock = clock;
        addClassName("sg-page");
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<DataAccessException> parameter) {
        removeAll();
        add(
                new PageHead("Snowgate"),
                Parts.wrong(
                        "This page cannot be read since " + Times.clock(clock.instant()) + ".",
                        "The database does not answer. Held statements stay held; nothing runs without a decision."
                                + " The page comes back by itself.",
                        Parts.button("Try now", "sg-tool", () -> getUI().ifPresent(SilentDatabaseView::reload))));
        return HttpServletResponse.SC_SERVICE_UNAVAILABLE;
    }

    @Override
    protected void onAttach(AttachEvent event) {
        UI ui = event.getUI();
        leave = watch.listen(pulse -> {
            if (!ui.isClosing()) {
                ui.access(() -> heard(ui, pulse));
            }
        });
    }

    /** Only an answer after silence counts: a fault of another kind must not make the page reload for ever. */
    private void heard(UI ui, InboxWatch.Pulse pulse) {
        if (pulse.stoppedAt() != null) {
            silent = true;
        } else if (silent) {
            silent = false;
            reload(ui);
        }
    }

    private static void reload(UI ui) {
        ui.getPage().reload();
    }

    @Override
    protected void onDetach(DetachEvent event) {
        Runnable known = leave;
        if (known != null) {
            known.run();
        }
    }
}

package dev.snowgate.console.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/**
 * What a person reads when an action of theirs failed: what did not happen, never a stack trace. The log gets the kind of
 * the fault and where it was, not its message, which may hold values.
 */
@Component
class CalmErrors implements VaadinServiceInitListener {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(CalmErrors.class);

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.getSource().addSessionInitListener(init -> init.getSession().setErrorHandler(CalmErrors::handle));
    }

    private static void handle(ErrorEvent event) {
        Throwable fault = event.getThrowable();
        LOG.atWarn()
                .setMessage("an action of a page failed")
                .addKeyValue("fault", fault.getClass().getName())
                .addKeyValue("at", place(fault))
                .log();
        if (UI.getCurrent() != null) {
            Parts.say(words(fault));
        }
    }

    static String words(Throwable fault) {
        if (fault instanceof DataAccessException) {
            return "The database does not answer. Nothing was changed.";
        }
        return fault instanceof AccessDeniedException
                ? "Your roles do not allow this. Nothing was changed."
                : "Something of ours went wrong. Nothing was decided; its kind is in the log.";
    }

    private static String place(Throwable fault) {
        for (StackTraceElement frame : fault.getStackTrace()) {
            if (frame.getClassName().startsWith("dev.snowgate.")) {
                return frame.toString();
            }
        }
        return "";
    }
}

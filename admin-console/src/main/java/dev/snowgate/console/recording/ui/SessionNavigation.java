package dev.snowgate.console.recording.ui;

import com.vaadin.flow.component.UI;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.StatementId;

/** The way to the pages about sessions. */
public final class SessionNavigation {
    private SessionNavigation() {}

    /** Opens the list. */
    public static void open(UI ui) {
        ui.navigate("sessions");
    }

    /** Address of a session's replay. */
    public static String address(SessionId session) {
        return "sessions/" + session;
    }

    /** Address of one moment at one pace; what is usual is left out. */
    static String address(SessionId session, StatementId statement, String speed, boolean skipIdle) {
        return address(session, statement)
                + (speed.equals(Transport.USUAL) ? "" : "&speed=" + speed)
                + (skipIdle ? "" : "&idle=play");
    }

    /** Address of one moment of a session's replay. */
    public static String address(SessionId session, StatementId statement) {
        return address(session) + "?at=" + statement;
    }
}

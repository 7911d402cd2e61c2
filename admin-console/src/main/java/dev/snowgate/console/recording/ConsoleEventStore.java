package dev.snowgate.console.recording;

import dev.snowgate.model.recording.SessionEvent;
import dev.snowgate.recording.EncodedEvent;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Appends the console's events to the chains. The last thing a transaction does, because it holds the chain's head. */
@Repository
public class ConsoleEventStore {
    private final JdbcClient jdbc;

    ConsoleEventStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Appends one event; it is durable with the caller's transaction. */
    public void append(SessionEvent event) {
        jdbc.sql("select last_seq from append_events(:session, :events)")
                .param("session", event.session().value())
                .param("events", EncodedEvent.batch(List.of(EncodedEvent.of(event))))
                .query(Long.class)
                .single();
    }
}

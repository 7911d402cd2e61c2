package dev.snowgate.console.recording;

import dev.snowgate.model.agent.SessionId;
import dev.snowgate.sealing.WrappedKey;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The wrapped data keys of sessions. */
@Repository
class SessionKeyStore {
    private final JdbcClient jdbc;

    SessionKeyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty if the session is unknown or its key was destroyed. */
    Optional<WrappedKey> find(SessionId session) {
        return jdbc.sql("select data_key, kek_id from agent_session where id = :id and data_key is not null")
                .param("id", session.value())
                .query((row, n) -> new WrappedKey(row.getString("kek_id"), row.getBytes("data_key")))
                .optional();
    }
}

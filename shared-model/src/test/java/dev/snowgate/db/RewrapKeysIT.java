package dev.snowgate.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.model.agent.SessionId;
import dev.snowgate.sealing.DataKey;
import dev.snowgate.sealing.KeyRing;
import dev.snowgate.sealing.Place;
import dev.snowgate.sealing.SealingException;
import dev.snowgate.sealing.WrappedKey;
import dev.snowgate.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewrapKeysIT {
    @TempDir
    Path folder;

    @Test
    void after_a_rotation_every_data_key_is_wrapped_by_the_new_key_and_values_still_open() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection gateway = database.gateway().connect()) {
            // Given
            Path file = folder.resolve("kek");
            KeyRing before = KeyRing.generate(file);
            DataKey key = DataKey.create();
            SessionId session = Fixture.session(gateway, "ada@acme.example");
            Place place = Place.ofSession(session, "upstream");
            byte[] sealed = key.seal("token", place);
            store(gateway, session, before.wrap(key, session));

            // When
            assertThat(command(Map.of(), "--new-key", file.toString())).startsWith("0 the active key is now ");
            String rewrapped = command(Map.of(), "--url", database.jdbcUrl(), "--keys", file.toString());

            // Then
            assertThat(rewrapped).startsWith("0 1 data keys");
            WrappedKey renewed = load(gateway, session);
            KeyRing after = KeyRing.load(file);
            assertThat(renewed.keyId()).isEqualTo(after.activeId()).isNotEqualTo(before.activeId());
            assertThat(after.unwrap(renewed, session).openText(sealed, place)).isEqualTo("token");
            assertThat(RewrapKeys.rewrap(gateway, after)).isZero();
        }
    }

    @Test
    void a_key_that_does_not_open_stops_it_and_stays_as_it_is() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection gateway = database.gateway().connect()) {
            // Given
            SessionId session = Fixture.session(gateway, "ada@acme.example");
            WrappedKey foreign = KeyRing.generate(folder.resolve("foreign")).wrap(DataKey.create(), session);
            store(gateway, session, foreign);
            KeyRing ours = KeyRing.generate(folder.resolve("ours"));

            // Then
            assertThatThrownBy(() -> RewrapKeys.rewrap(gateway, ours)).isInstanceOf(SealingException.class);
            gateway.rollback();
            assertThat(load(gateway, session)).isEqualTo(foreign);
        }
    }

    @Test
    void wrong_arguments_are_answered_with_the_usage() {
        assertThat(command(Map.of())).startsWith("2 rewrap --url");
        assertThat(command(Map.of(), "--url", "jdbc:postgresql://localhost:1/x", "--keys", "missing"))
                .startsWith("1 wrapping failed");
    }

    private static String command(Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code = RewrapKeys.run(arguments, environment, out, out);
        return code + " " + bytes.toString(StandardCharsets.UTF_8);
    }

    private static void store(Connection gateway, SessionId session, WrappedKey key) throws SQLException {
        Fixture.run(
                gateway,
                "update agent_session set data_key = ?, kek_id = ? where id = ?",
                key.bytes(),
                key.keyId(),
                session.value());
    }

    private static WrappedKey load(Connection gateway, SessionId session) throws SQLException {
        try (PreparedStatement query =
                gateway.prepareStatement("select kek_id, data_key from agent_session where id = ?")) {
            query.setObject(1, session.value());
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return new WrappedKey(rows.getString(1), rows.getBytes(2));
            }
        }
    }
}

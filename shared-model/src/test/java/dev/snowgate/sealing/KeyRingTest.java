package dev.snowgate.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.model.agent.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {
    @TempDir
    Path folder;

    private final SessionId session = SessionId.random();

    @Test
    void a_generated_file_is_for_its_owner_only_and_loads_again() throws IOException {
        // Given
        Path file = folder.resolve("kek");

        // When
        KeyRing ring = KeyRing.generate(file);

        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        DataKey key = DataKey.create();
        assertThat(KeyRing.load(file).unwrap(ring.wrap(key, session), session)).isEqualTo(key);
    }

    @Test
    void a_key_file_is_never_overwritten() {
        Path file = folder.resolve("kek");
        KeyRing.generate(file);
        assertThatThrownBy(() -> KeyRing.generate(file)).isInstanceOf(SealingException.class);
    }

    @Test
    void there_is_no_default_key() {
        assertThatThrownBy(() -> KeyRing.load(folder.resolve("none")))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("no default key");
    }

    @Test
    void a_file_that_others_can_read_is_refused() throws IOException {
        Path file = folder.resolve("kek");
        KeyRing.generate(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> KeyRing.load(file))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("0600");
    }

    @Test
    void a_file_of_anything_else_is_refused_without_quoting_it() throws IOException {
        for (String text : new String[] {
            "", "# only this\n", "not base64!!\n", Base64.getEncoder().encodeToString(new byte[31])
        }) {
            Path file = Files.createTempFile(folder, "kek", "");
            Files.writeString(file, text);
            assertThatThrownBy(() -> KeyRing.load(file))
                    .isInstanceOf(SealingException.class)
                    .hasMessageNotContaining("not base64!!")
                    .hasNoCause();
        }
    }

    @Test
    void a_wrapped_key_is_bound_to_its_session() {
        KeyRing ring = KeyRing.generate(folder.resolve("kek"));
        WrappedKey wrapped = ring.wrap(DataKey.create(), session);
        assertThatThrownBy(() -> ring.unwrap(wrapped, SessionId.random())).isInstanceOf(SealingException.class);
    }

    @Test
    void after_a_rotation_old_keys_still_open_and_are_wrapped_again() {
        // Given
        Path file = folder.resolve("kek");
        KeyRing before = KeyRing.generate(file);
        DataKey key = DataKey.create();
        WrappedKey old = before.wrap(key, session);

        // When
        KeyRing after = KeyRing.rotate(file);
        WrappedKey renewed = after.rewrap(old, session);

        // Then
        assertThat(after.activeId()).isNotEqualTo(before.activeId());
        assertThat(after.unwrap(old, session)).isEqualTo(key);
        assertThat(renewed.keyId()).isEqualTo(after.activeId());
        assertThat(KeyRing.load(file).unwrap(renewed, session)).isEqualTo(key);
        assertThat(after.rewrap(renewed, session)).isEqualTo(renewed);
        assertThatThrownBy(() -> before.unwrap(renewed, session)).hasMessageContaining("not in the key file");
    }

    @Test
    void a_ring_shows_ids_only() throws IOException {
        Path file = folder.resolve("kek");
        KeyRing ring = KeyRing.generate(file);
        String secret = Files.readAllLines(file).getLast();
        assertThat(ring.toString()).contains(ring.activeId()).doesNotContain(secret);
    }
}

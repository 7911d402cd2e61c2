package dev.snowgate.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.StatementId;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DataKeyTest {
    private final DataKey key = DataKey.create();
    private final StatementId statement = StatementId.random();
    private final Place place = Place.ofStatement(statement, "sealed_text");

    @Test
    void a_value_opens_at_its_place() {
        assertThat(key.openText(key.seal("select 'ü'", place), place)).isEqualTo("select 'ü'");
        assertThat(key.open(key.seal(new byte[0], place), place)).isEmpty();
    }

    @Test
    void a_value_does_not_open_in_another_column_row_or_page() {
        byte[] sealed = key.seal("value", place);
        for (Place other : new Place[] {
            Place.ofStatement(statement, "sealed_reply"),
            Place.ofStatement(StatementId.random(), "sealed_text"),
            Place.ofPage(statement, 0),
            Place.ofSession(SessionId.random(), "sealed_text")
        }) {
            assertThatThrownBy(() -> key.open(sealed, other)).isInstanceOf(SealingException.class);
        }
    }

    @Test
    void a_value_does_not_open_with_another_key() {
        byte[] sealed = key.seal("value", place);
        assertThatThrownBy(() -> DataKey.create().open(sealed, place)).isInstanceOf(SealingException.class);
    }

    @Test
    void every_changed_byte_and_every_cut_is_noticed() {
        // Given
        byte[] sealed = key.seal("value", place);

        // Then
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> key.open(changed, place))
                    .isInstanceOf(SealingException.class)
                    .hasNoCause();
            byte[] cut = java.util.Arrays.copyOf(sealed, i);
            assertThatThrownBy(() -> key.open(cut, place)).isInstanceOf(SealingException.class);
        }
    }

    @Test
    void equal_values_are_sealed_differently() {
        assertThat(key.seal("value", place)).isNotEqualTo(key.seal("value", place));
    }

    @Test
    void digests_are_equal_under_one_key_only() {
        byte[] value = "page".getBytes(StandardCharsets.UTF_8);
        assertThat(key.digest(value)).hasSize(32).isEqualTo(key.digest(value));
        assertThat(DataKey.create().digest(value)).isNotEqualTo(key.digest(value));
    }

    @Test
    void keys_show_nothing_of_themselves() {
        assertThat(key).hasToString("DataKey[***]");
    }
}

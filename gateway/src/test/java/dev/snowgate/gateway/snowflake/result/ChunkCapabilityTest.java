package dev.snowgate.gateway.snowflake.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.model.statement.StatementId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ChunkCapabilityTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private final ChunkCapability capability = new ChunkCapability(new byte[32], Duration.ofHours(6));
    private final StatementId statement = StatementId.random();

    @Test
    void both_secrets_of_one_reply_open_the_chunk() {
        // Given
        String path = capability.path(statement, 7, NOW);

        // When / Then
        assertThat(capability.open(path, capability.header(statement), NOW))
                .contains(new ChunkCapability.Chunk(statement, 7));
    }

    @Test
    void the_path_alone_or_with_another_statements_header_opens_nothing() {
        String path = capability.path(statement, 0, NOW);

        assertThat(capability.open(path, "", NOW)).isEmpty();
        assertThat(capability.open(path, capability.header(StatementId.random()), NOW))
                .isEmpty();
    }

    @Test
    void it_expires() {
        String path = capability.path(statement, 0, NOW);

        assertThat(capability.open(path, capability.header(statement), NOW.plus(Duration.ofHours(6))))
                .isEmpty();
    }

    @Test
    void a_changed_guessed_or_foreign_path_opens_nothing() {
        String path = capability.path(statement, 0, NOW);
        String header = capability.header(statement);
        String foreign = new ChunkCapability(
                        new byte[] {
                            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
                            26, 27, 28, 29, 30, 31, 32
                        },
                        Duration.ofHours(6))
                .path(statement, 0, NOW);

        for (int i = 0; i < path.length(); i++) {
            char other = path.charAt(i) == 'A' ? 'B' : 'A';
            String changed = path.substring(0, i) + other + path.substring(i + 1);
            assertThat(capability.open(changed, header, NOW))
                    .as("changed at %d", i)
                    .isEmpty();
        }
        assertThat(capability.open(foreign, header, NOW)).isEmpty();
        assertThat(capability.open("", header, NOW)).isEmpty();
        assertThat(capability.open("no base64 !", header, NOW)).isEmpty();
        assertThat(capability.open("../../etc", header, NOW)).isEmpty();
    }
}

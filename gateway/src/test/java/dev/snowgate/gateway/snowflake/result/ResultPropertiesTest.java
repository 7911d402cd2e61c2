package dev.snowgate.gateway.snowflake.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class ResultPropertiesTest {
    @Test
    void chunks_live_six_hours_and_are_compressed_fast() {
        assertThat(bound(Map.of()))
                .isEqualTo(new ResultProperties(
                        Duration.ofHours(6), ResultProperties.Compression.FAST, List.of(), 0, DataSize.ofBytes(0)));
    }

    @Test
    void both_can_be_set() {
        assertThat(bound(Map.of("snowgate.chunk.expires-after", "30m", "snowgate.chunk.compression", "identity")))
                .isEqualTo(new ResultProperties(
                        Duration.ofMinutes(30),
                        ResultProperties.Compression.IDENTITY,
                        List.of(),
                        0,
                        DataSize.ofBytes(0)));
    }

    @Test
    void senseless_values_are_refused() {
        assertThatThrownBy(() -> bound(Map.of("snowgate.chunk.expires-after", "25h")))
                .rootCause()
                .hasMessageContaining("expires-after");
        assertThatThrownBy(() -> bound(Map.of("snowgate.chunk.memory", "100KB")))
                .rootCause()
                .hasMessageContaining("memory");
        assertThatThrownBy(() -> bound(Map.of("snowgate.chunk.compression", "best")))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void clients_of_near_networks_get_masked_chunks_uncompressed() {
        // When
        ResultProperties properties = bound(Map.of("snowgate.chunk.near-networks", "10.1.0.0/16, 2001:db8::/32"));

        // Then
        assertThat(properties.towards("10.1.2.3")).isEqualTo(ResultProperties.Compression.IDENTITY);
        assertThat(properties.towards("2001:db8::7")).isEqualTo(ResultProperties.Compression.IDENTITY);
        for (String far : List.of("10.2.0.1", "2001:db9::7", "unknown", "")) {
            assertThat(properties.towards(far)).as(far).isEqualTo(ResultProperties.Compression.FAST);
        }
        assertThatThrownBy(() -> bound(Map.of("snowgate.chunk.near-networks", "10.1.2.3/16")))
                .rootCause()
                .hasMessageContaining("near-networks");
    }

    private static ResultProperties bound(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("snowgate.chunk", ResultProperties.class);
    }
}

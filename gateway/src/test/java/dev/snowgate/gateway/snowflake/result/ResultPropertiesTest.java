package dev.snowgate.gateway.snowflake.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
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
                        Duration.ofHours(6), ResultProperties.Compression.FAST, 0, DataSize.ofBytes(0)));
    }

    @Test
    void both_can_be_set() {
        assertThat(bound(Map.of("snowgate.chunk.expires-after", "30m", "snowgate.chunk.compression", "identity")))
                .isEqualTo(new ResultProperties(
                        Duration.ofMinutes(30), ResultProperties.Compression.IDENTITY, 0, DataSize.ofBytes(0)));
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

    private static ResultProperties bound(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("snowgate.chunk", ResultProperties.class);
    }
}

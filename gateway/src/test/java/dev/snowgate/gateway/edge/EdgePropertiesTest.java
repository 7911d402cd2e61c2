package dev.snowgate.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class EdgePropertiesTest {
    @Test
    void defaults_let_array_binds_through_and_little_else() {
        assertThat(bound(Map.of()))
                .isEqualTo(new EdgeProperties(
                        DataSize.ofMegabytes(64),
                        DataSize.ofMegabytes(64),
                        DataSize.ofKilobytes(256),
                        250,
                        8_388_608,
                        Duration.ofSeconds(2),
                        List.of(),
                        Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @CsvSource({
        "max-body,0B",
        "max-body,2GB",
        "max-inflated,0B",
        "max-small-body,0B",
        "max-inflate-ratio,1",
        "max-statement-characters,0",
        "record-timeout,0s"
    })
    void senseless_values_are_refused(String name, String value) {
        assertThatThrownBy(() -> bound(Map.of("snowgate.edge." + name, value)))
                .rootCause()
                .hasMessageContaining("snowgate.edge." + name);
    }

    private static EdgeProperties bound(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("snowgate.edge", EdgeProperties.class);
    }
}

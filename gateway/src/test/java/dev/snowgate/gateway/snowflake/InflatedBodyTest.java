package dev.snowgate.gateway.snowflake;

import static dev.snowgate.gateway.snowflake.ProtocolFixture.utf8;
import static dev.snowgate.gateway.testing.Gzip.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InflatedBodyTest {
    private static final int LIMIT = 4 << 20;

    @Test
    void gzip_is_known_by_its_first_bytes_or_by_the_header() throws IOException {
        byte[] zipped = gzip(utf8("{}"));

        assertThat(InflatedBody.of(zipped, Optional.of("gzip"), LIMIT, 250)).isEqualTo(utf8("{}"));
        assertThat(InflatedBody.of(zipped, Optional.empty(), LIMIT, 250)).isEqualTo(utf8("{}"));
        assertThat(InflatedBody.of(utf8("{}"), Optional.empty(), LIMIT, 250)).isEqualTo(utf8("{}"));
        assertThat(InflatedBody.of(new byte[0], Optional.of("gzip"), LIMIT, 250))
                .isEmpty();
    }

    @Test
    void gzip_that_is_not_is_malformed() {
        assertCode(utf8("{\"a\":1}"), "gzip", LIMIT, GatewayErrorCode.MALFORMED_REQUEST);
    }

    @Test
    void gzip_that_ends_early_is_malformed() throws IOException {
        byte[] zipped = gzip(utf8("{\"a\":\"" + "x".repeat(500) + "\"}"));

        assertCode(Arrays.copyOf(zipped, zipped.length - 9), "gzip", LIMIT, GatewayErrorCode.MALFORMED_REQUEST);
    }

    @Test
    void another_encoding_is_not_supported() {
        assertCode(utf8("{}"), "br", LIMIT, GatewayErrorCode.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void the_limit_counts_after_inflating() throws IOException {
        byte[] zipped = gzip(new byte[200_000]);

        assertCode(zipped, "gzip", 199_999, GatewayErrorCode.BODY_TOO_LARGE);
        assertThat(InflatedBody.of(zipped, Optional.of("gzip"), 200_000, 250)).hasSize(200_000);
    }

    @Test
    void a_bomb_is_stopped_by_its_ratio() throws IOException {
        byte[] bomb = gzip(new byte[3 << 20]);

        assertCode(bomb, "gzip", LIMIT, GatewayErrorCode.BODY_TOO_LARGE);
    }

    private static void assertCode(byte[] wire, String encoding, int limit, GatewayErrorCode code) {
        assertThatThrownBy(() -> InflatedBody.of(wire, Optional.of(encoding), limit, 250))
                .isInstanceOfSatisfying(
                        GatewayException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}

package dev.snowgate.gateway.snowflake.result;

import static dev.snowgate.gateway.testing.Gzip.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GunzipTest {
    @Test
    void a_first_piece_may_be_larger_than_any_header() throws IOException {
        // Given
        byte[] bytes = new byte[300_000];
        new Random(1).nextBytes(bytes);

        // When / Then
        assertThat(gunzip(gzip(bytes), 1_000_000)).isEqualTo(bytes);
        assertThat(gunzip(gzip(bytes), 65_537)).isEqualTo(bytes);
    }

    @Test
    void a_header_may_have_all_that_a_header_can_have_and_be_cut_anywhere() throws IOException {
        // Given
        byte[] bytes = {1, 2, 3, 4, 5};
        byte[] plain = gzip(bytes);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(new byte[] {0x1F, (byte) 0x8B, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 0});
        all.writeBytes(new byte[] {3, 0, 7, 7, 7});
        all.writeBytes(new byte[] {'n', 'a', 'm', 'e', 0, 'c', 0, 9, 9});
        all.write(plain, 10, plain.length - 10);

        // When / Then
        for (int pieces = 1; pieces <= all.size(); pieces++) {
            assertThat(gunzip(all.toByteArray(), pieces)).isEqualTo(bytes);
        }
    }

    @Test
    void a_header_without_an_end_is_a_fault() {
        byte[] endless = new byte[200_000];
        Arrays.fill(endless, (byte) 'n');
        System.arraycopy(new byte[] {0x1F, (byte) 0x8B, 8, 8, 0, 0, 0, 0, 0, 0}, 0, endless, 0, 10);

        for (int pieces : new int[] {1_000, 65_536, 200_000}) {
            try (Gunzip gunzip = new Gunzip(Long.MAX_VALUE)) {
                assertThatThrownBy(() -> {
                            for (int at = 0; at < endless.length; at += pieces) {
                                gunzip.feed(endless, at, Math.min(pieces, endless.length - at));
                            }
                        })
                        .isInstanceOf(ResultFault.class);
            }
        }
    }

    private static byte[] gunzip(byte[] input, int pieces) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[10_000];
        try (Gunzip gunzip = new Gunzip(Long.MAX_VALUE)) {
            for (int at = 0; at < input.length; at += pieces) {
                gunzip.feed(input, at, Math.min(pieces, input.length - at));
                for (int count = gunzip.read(buffer); count > 0; count = gunzip.read(buffer)) {
                    out.write(buffer, 0, count);
                }
            }
            gunzip.finish();
        }
        return out.toByteArray();
    }
}

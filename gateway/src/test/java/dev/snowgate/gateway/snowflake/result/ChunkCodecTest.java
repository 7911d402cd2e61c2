package dev.snowgate.gateway.snowflake.result;

import static dev.snowgate.gateway.testing.Gzip.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkCodecTest {
    private static final String ROW = "[\"1\",\"anna@acme.example\",\"x\"]";

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void a_chunk_is_masked_whatever_its_compression(boolean gzipIn, boolean gzipOut) throws IOException {
        // Given
        String rows = (ROW + ",").repeat(20_000) + ROW;
        byte[] input = gzipIn ? gzipped(rows) : rows.getBytes(StandardCharsets.UTF_8);

        // When
        byte[] output = run(input, 1_000, gzipIn, gzipOut, Long.MAX_VALUE);

        // Then
        String text = new String(gzipOut ? gunzip(output) : output, StandardCharsets.UTF_8);
        assertThat(text).isEqualTo(rows.replace("anna@acme.example", "***"));
    }

    @Test
    void a_body_that_is_not_compressed_is_cut_off_at_its_limit_too() {
        // Given
        ChunkCodec codec =
                new ChunkCodec(new JsonRowMasker(JsonRowMaskerTest.cells(true), RowEnvelope.CHUNK), false, false, 8);

        // When
        codec.feed("[\"a\"],[\"b\"]".getBytes(StandardCharsets.UTF_8));

        // Then
        assertThatThrownBy(codec::step).isInstanceOf(ResultFault.class).hasMessageContaining("larger than it may be");
    }

    @Test
    void the_last_piece_stays_back_until_the_end_so_that_recording_comes_first() {
        // Given
        ChunkCodec codec = new ChunkCodec(masker(), false, false, 1_000);

        // When
        codec.feed(ROW.getBytes(StandardCharsets.UTF_8));
        byte[] first = codec.step();
        byte[] second = codec.step();
        byte[] end = codec.finish();

        // Then
        assertThat(first).isEmpty();
        assertThat(second).isNull();
        assertThat(new String(end, StandardCharsets.UTF_8)).contains("***");
        codec.close();
    }

    @Test
    void damaged_truncated_and_mislabelled_bytes_are_faults() throws IOException {
        byte[] good = gzipped((ROW + ",").repeat(500) + ROW);
        byte[] truncated = Arrays.copyOf(good, good.length - 9);
        byte[] noTrailer = Arrays.copyOf(good, good.length - 4);
        byte[] damaged = good.clone();
        damaged[good.length / 2] ^= 0x55;
        byte[] trailing = Arrays.copyOf(good, good.length + 3);
        byte[] wrongChecksum = good.clone();
        wrongChecksum[good.length - 6] ^= 1;

        for (byte[] bad : new byte[][] {
            truncated, noTrailer, damaged, trailing, wrongChecksum, ROW.getBytes(StandardCharsets.UTF_8)
        }) {
            for (int pieces : new int[] {1, 100, 100_000}) {
                assertThatThrownBy(() -> run(bad, pieces, true, false, Long.MAX_VALUE))
                        .isInstanceOf(ResultFault.class);
            }
        }
    }

    @Test
    void a_bomb_ends_at_the_limit() throws IOException {
        // Given
        byte[] bomb = gzipped(ROW + " ".repeat(5_000_000));

        // When / Then
        assertThatThrownBy(() -> run(bomb, 1_000, true, false, 1_000_000))
                .isInstanceOf(ResultFault.class)
                .hasMessageContaining("more than is allowed");
    }

    @Test
    void beyond_a_size_that_chunks_do_not_have_the_ratio_ends_a_bomb() throws IOException {
        // Given
        byte[] bomb = gzipped(" ".repeat(1_000_000));
        byte[] buffer = new byte[64 * 1024];

        // When / Then
        try (Gunzip free = new Gunzip(Long.MAX_VALUE, new Gunzip.Ratio(2_000_000, 10));
                Gunzip bound = new Gunzip(Long.MAX_VALUE, new Gunzip.Ratio(200_000, 10))) {
            free.feed(bomb, 0, bomb.length);
            while (free.read(buffer) > 0) {
                // as much as there is
            }
            free.finish();
            bound.feed(bomb, 0, bomb.length);
            assertThatThrownBy(() -> {
                        while (bound.read(buffer) > 0) {
                            // until the limit
                        }
                    })
                    .isInstanceOf(ResultFault.class)
                    .hasMessageContaining("more than is allowed");
        }
    }

    private static RowMasker masker() {
        return new JsonRowMasker(JsonRowMaskerTest.cells(true), RowEnvelope.CHUNK);
    }

    private static byte[] run(byte[] input, int pieces, boolean gzipIn, boolean gzipOut, long most) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ChunkCodec codec = new ChunkCodec(masker(), gzipIn, gzipOut, most)) {
            for (int i = 0; i < input.length; i += pieces) {
                codec.feed(Arrays.copyOfRange(input, i, Math.min(input.length, i + pieces)));
                for (byte[] step = codec.step(); step != null; step = codec.step()) {
                    out.writeBytes(step);
                }
            }
            out.writeBytes(codec.finish());
        }
        return out.toByteArray();
    }

    private static byte[] gzipped(String text) {
        return gzip(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] gunzip(byte[] bytes) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
    }
}

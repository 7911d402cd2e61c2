package dev.snowgate.gateway.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageBytesTest {
    private final Random random = new Random(11);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, 65_535, 65_536, 65_537, 131_072, 1_000_000, 5_000_000})
    void what_was_written_in_pieces_is_read_and_compressed_whole(int size) throws IOException {
        for (boolean noise : new boolean[] {false, true}) {
            // Given
            byte[] bytes = bytes(size, noise);

            // When
            PageBytes page = page(bytes);

            // Then
            assertThat(page.length()).isEqualTo(size);
            assertThat(page.bytes()).isEqualTo(bytes);
            assertThat(page.open().readAllBytes()).isEqualTo(bytes);
            assertThat(page.open().readAllBytes()).as("again").isEqualTo(bytes);
            assertThat(inflated(page.gzip())).isEqualTo(bytes);
            assertThat(page.isDeflated()).isEqualTo(size > ByteSource.STEP);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 37, 100_000})
    void many_rows_leave_between_two_texts_as_one_member(int around) throws IOException {
        // Given
        byte[] before = bytes(around, true);
        byte[] rows = bytes(300_000, false);
        byte[] after = bytes(around / 3, true);

        // When
        ByteArrayOutputStream member = new ByteArrayOutputStream();
        page(rows).gzip(before, after).forEach(member::writeBytes);

        // Then: the checksum and length of the whole are checked by who inflates it
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(before);
        all.writeBytes(rows);
        all.writeBytes(after);
        assertThat(inflated(member.toByteArray())).isEqualTo(all.toByteArray());
    }

    @Test
    void few_rows_are_not_put_between_two_texts() {
        PageBytes page = PageBytes.of(new byte[10]);
        assertThatThrownBy(() -> page.gzip(new byte[0], new byte[0])).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void the_checksum_of_two_runs_is_that_of_both_together() {
        for (int i = 0; i < 200; i++) {
            byte[] both = bytes(random.nextInt(3_000), true);
            int cut = both.length == 0 ? 0 : random.nextInt(both.length);
            assertThat(Gzip.crc(crc(both, 0, cut), crc(both, cut, both.length), both.length - cut))
                    .isEqualTo(crc(both, 0, both.length));
        }
    }

    @Test
    void repeated_rows_take_a_part_of_their_size() {
        assertThat(page(bytes(4_000_000, false)).held()).isLessThan(1_000_000);
    }

    @Test
    void values_are_not_in_its_words() {
        assertThat(PageBytes.of("secret".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .hasToString("PageBytes[6 bytes]");
    }

    private PageBytes page(byte[] bytes) {
        try (PageWriter writer = new PageWriter()) {
            for (int at = 0; at < bytes.length; ) {
                int length = Math.min(bytes.length - at, 1 + random.nextInt(100_000));
                writer.write(bytes, at, length);
                at += length;
            }
            return writer.finish();
        }
    }

    private byte[] bytes(int size, boolean noise) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        if (!noise) {
            for (int i = 0; i < size; i++) {
                bytes[i] = (byte) ('a' + (bytes[i] & 1));
            }
        }
        return bytes;
    }

    private static byte[] inflated(byte[] gzip) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(gzip);
        try (GZIPInputStream member = new GZIPInputStream(in)) {
            byte[] all = member.readAllBytes();
            assertThat(in.available()).as("nothing follows").isZero();
            return all;
        }
    }

    private static long crc(byte[] bytes, int from, int to) {
        CRC32 crc = new CRC32();
        crc.update(Arrays.copyOfRange(bytes, from, to));
        return crc.getValue();
    }
}

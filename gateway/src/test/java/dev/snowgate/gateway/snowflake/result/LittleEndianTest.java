package dev.snowgate.gateway.snowflake.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LittleEndianTest {
    @Test
    void bits_are_counted_from_a_byte_on_and_none_behind_the_last() {
        Random random = new Random(1);
        byte[] bytes = new byte[64];
        for (int round = 0; round < 1_000; round++) {
            random.nextBytes(bytes);
            int at = random.nextInt(20);
            int bits = random.nextInt(8 * (bytes.length - at) + 1);

            assertThat(LittleEndian.setBits(bytes, at, bits)).isEqualTo((int) IntStream.range(0, bits)
                    .filter(bit -> LittleEndian.bit(bytes, at, bit))
                    .count());
        }
    }
}

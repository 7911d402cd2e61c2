package dev.snowgate.gateway.snowflake.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArrowBodyTest {
    private static final int MEGABYTE = 1024 * 1024;

    /** One body serves every round, as it serves every message. */
    @Test
    void every_run_of_it_is_what_came_whatever_the_pieces() {
        Random random = new Random(5);
        ArrowBody body = new ArrowBody(HeldMemory.UNLIMITED.share());
        for (int round = 0; round < 200; round++) {
            // Given
            byte[] whole = new byte[1 + random.nextInt(200_000)];
            random.nextBytes(whole);
            for (int at = 0; at < whole.length; ) {
                int length = Math.min(whole.length - at, length(random));
                if (random.nextBoolean()) {
                    body.keep(whole, at, length);
                } else {
                    byte[] reused = Arrays.copyOfRange(whole, at, at + length);
                    body.add(reused, 0, length);
                    Arrays.fill(reused, (byte) 0);
                }
                at += length;
            }

            // When / Then
            assertThat(body.size()).isEqualTo(whole.length);
            assertThat(read(body, 0, whole.length)).isEqualTo(whole);
            for (int i = 0; i < 20; i++) {
                int from = random.nextInt(whole.length + 1);
                int length = random.nextInt(whole.length - from + 1);
                assertThat(read(body, from, length)).isEqualTo(Arrays.copyOfRange(whole, from, from + length));
            }
            body.clear();
            assertThat(body.size()).isZero();
        }
    }

    @Test
    void bytes_that_it_does_not_have_are_not_given() {
        ArrowBody body = new ArrowBody(HeldMemory.UNLIMITED.share());
        body.keep(new byte[10_000], 5, 9_000);

        for (int[] run : new int[][] {{0, 9_001}, {9_000, 1}, {-1, 2}, {5, -1}, {1, Integer.MAX_VALUE}}) {
            assertThatThrownBy(() -> read(body, run[0], run[1])).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void what_it_holds_is_counted_once_for_all_messages() {
        HeldMemory memory = new HeldMemory(4 * MEGABYTE);
        try (HeldMemory.Share share = memory.share()) {
            ArrowBody body = new ArrowBody(share);
            for (int message = 0; message < 10; message++) {
                body.keep(new byte[MEGABYTE], 0, MEGABYTE);
                body.add(new byte[MEGABYTE], 0, MEGABYTE);
                body.clear();
            }
            assertThat(memory.left()).isBetween(4L * MEGABYTE - 2 * MEGABYTE - 64 * 1024, 2L * MEGABYTE);

            body.keep(new byte[2 * MEGABYTE], 0, 2 * MEGABYTE);
            assertThatThrownBy(() -> body.keep(new byte[3 * MEGABYTE], 0, 3 * MEGABYTE))
                    .isInstanceOf(ResultFault.class);
        }
        assertThat(memory.left()).isEqualTo(4 * MEGABYTE);
    }

    @Test
    void few_bytes_at_a_time_take_no_more_than_they_are() {
        HeldMemory memory = new HeldMemory(4 * MEGABYTE);
        try (HeldMemory.Share share = memory.share()) {
            ArrowBody body = new ArrowBody(share);
            byte[] large = new byte[MEGABYTE];
            for (int i = 0; i < MEGABYTE; i++) {
                body.keep(large, i, 1);
            }
            assertThat(4L * MEGABYTE - memory.left()).isBetween((long) MEGABYTE, MEGABYTE + 64L * 1024);
            int[] pieces = {0};
            body.write(0, body.size(), new Counting(pieces));
            assertThat(pieces[0]).isLessThan(64);
        }
    }

    private static int length(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> 1 + random.nextInt(100);
            case 1 -> ArrowBody.SHORT - 2 + random.nextInt(4);
            default -> 1 + random.nextInt(70_000);
        };
    }

    private static byte[] read(ArrowBody body, int from, int length) {
        ByteSink out = new ByteSink(64, Integer.MAX_VALUE - 16);
        body.write(from, length, out);
        return out.take();
    }

    private record Counting(int[] pieces) implements ByteOutput {
        @Override
        public void add(byte value) {
            pieces[0]++;
        }

        @Override
        public void add(byte[] source, int offset, int length) {
            pieces[0]++;
        }
    }
}

package dev.snowgate.gateway.snowflake.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * An upstream that sends anything: damaged, shuffled and made-up streams end with a fault of the result or stay masked, and take no more
 * memory than a multiple of what was sent. The seed is fixed.
 */
class ArrowFuzzTest {
    private static final int ROUNDS = 6_000;
    private static final int MOST_OUT = 4 * 1024 * 1024;
    private static final int[] EXTREMES = {
        0, 1, 2, 3, 4, 8, 64, 255, 1 << 16, 1 << 24, Integer.MAX_VALUE, Integer.MIN_VALUE, -1, -4
    };
    private static final List<ArrowSecrets.Column> COLUMNS = ArrowSecrets.columns();
    private static final byte[] STREAM = ArrowSecrets.stream(COLUMNS);
    private static List<byte[]> messages = List.of();

    @BeforeAll
    static void cut() {
        messages = messages(STREAM);
        assertThat(messages).hasSize(4);
    }

    @Test
    void damaged_streams_are_faults_or_stay_masked() {
        Random random = new Random(2026);
        int faults = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = damage(STREAM.clone(), random);
            faults += feed(damaged, random, round) ? 0 : 1;
        }
        assertThat(faults).as("rounds that were faults").isBetween(ROUNDS / 4, ROUNDS);
    }

    @Test
    void messages_that_are_repeated_left_out_or_in_another_order_are_faults_or_stay_masked() {
        Random random = new Random(7);
        for (int round = 0; round < ROUNDS / 4; round++) {
            ByteArrayOutputStream shuffled = new ByteArrayOutputStream();
            for (int i = random.nextInt(7); i >= 0; i--) {
                byte[] message = messages.get(random.nextInt(messages.size()));
                shuffled.writeBytes(random.nextInt(4) == 0 ? damage(message.clone(), random) : message);
            }
            feed(shuffled.toByteArray(), random, round);
        }
    }

    @Test
    void numbers_in_the_metadata_that_lie_are_faults_or_stay_masked() {
        Random random = new Random(11);
        byte[] batch = messages.get(1);
        // the schema, and after it the metadata of the first batch
        int end = messages.getFirst().length + 8 + LittleEndian.intAt(batch, 4);
        for (int place = 0; place < end; place += 4) {
            for (int extreme : EXTREMES) {
                byte[] all = STREAM.clone();
                LittleEndian.putInt(all, place, extreme);
                feed(all, random, place);
            }
        }
    }

    @Test
    void noise_is_a_fault() {
        Random random = new Random(13);
        for (int round = 0; round < 2_000; round++) {
            byte[] noise = new byte[random.nextInt(600)];
            random.nextBytes(noise);
            if (noise.length > 12 && random.nextBoolean()) {
                LittleEndian.putInt(noise, 0, -1);
                LittleEndian.putInt(noise, 4, noise.length - 8);
            }
            assertThat(feed(noise, random, round)).isFalse();
        }
    }

    /** Whether it was taken; fails if anything of a masked cell left, or anything but a fault of the result was thrown. */
    private static boolean feed(byte[] stream, Random random, int round) {
        Mask mask = random.nextBoolean() ? Mask.of(MaskFunction.NULL) : new Mask(MaskFunction.REDACT, "*");
        List<Optional<Mask>> masks = new ArrayList<>();
        COLUMNS.forEach(column -> masks.add(Optional.of(mask)));
        ArrowRowMasker masker = ArrowSecretsTest.masker(COLUMNS, masks);
        ByteSink out = new ByteSink(64, MOST_OUT);
        boolean taken = true;
        try {
            int pieces = 1 + random.nextInt(3);
            for (int i = 0; i < pieces; i++) {
                int from = (int) ((long) stream.length * i / pieces);
                int length = (int) ((long) stream.length * (i + 1) / pieces) - from;
                if (random.nextBoolean()) {
                    masker.give(stream, from, length, out);
                } else {
                    masker.feed(stream, from, length, out);
                }
            }
            masker.finish();
        } catch (ResultFault fault) {
            assertThat(fault.getMessage()).doesNotContain("raw");
            taken = false;
        } catch (RuntimeException | Error other) {
            fail("round " + round + ": " + other, other);
        }
        assertThat(ArrowSecrets.isIn(out.take())).as("round %d", round).isFalse();
        return taken;
    }

    private static byte[] damage(byte[] bytes, Random random) {
        byte[] damaged = bytes;
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(damaged.length);
            switch (random.nextInt(8)) {
                case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> damaged[at] = (byte) random.nextInt(256);
                case 2 -> damaged = Arrays.copyOf(damaged, 1 + at);
                case 3, 4 -> {
                    int word = at & ~3;
                    if (word + 4 <= damaged.length) {
                        LittleEndian.putInt(damaged, word, EXTREMES[random.nextInt(EXTREMES.length)]);
                    }
                }
                case 5 -> {
                    // metadata is a small part of a stream, and most of what can lie in it
                    int word = random.nextInt(Math.min(damaged.length, messages.get(0).length)) & ~3;
                    if (word + 4 <= damaged.length) {
                        LittleEndian.putInt(damaged, word, EXTREMES[random.nextInt(EXTREMES.length)]);
                    }
                }
                case 6 -> {
                    int length = Math.min(random.nextInt(64), damaged.length - at);
                    int from = random.nextInt(damaged.length - length + 1);
                    // cells in the place of names would not be damage but another schema
                    if (!ArrowSecrets.isIn(Arrays.copyOfRange(damaged, from, from + length))) {
                        System.arraycopy(damaged, from, damaged, at, length);
                    }
                }
                default -> {
                    int length = Math.min(random.nextInt(64), damaged.length - at);
                    byte[] shorter = new byte[damaged.length - length];
                    System.arraycopy(damaged, 0, shorter, 0, at);
                    System.arraycopy(damaged, at + length, shorter, at, shorter.length - at);
                    damaged = shorter.length == 0 ? damaged : shorter;
                }
            }
        }
        return damaged;
    }

    /** Schema, two batches, end. */
    private static List<byte[]> messages(byte[] stream) {
        List<byte[]> cut = new ArrayList<>();
        int at = 0;
        while (at < stream.length) {
            int length = LittleEndian.intAt(stream, at + 4);
            int end = at + 8 + length;
            if (length > 0) {
                end += (int)
                        ArrowMessage.of(Arrays.copyOfRange(stream, at + 8, end)).bodyLength();
            }
            cut.add(Arrays.copyOfRange(stream, at, end));
            at = end;
        }
        return cut;
    }
}

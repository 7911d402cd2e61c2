package dev.snowgate.gateway.snowflake.result;

import static dev.snowgate.gateway.testing.Gzip.gzip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.masking.Masks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches that are larger than the pieces in which they come: most bytes leave from the pieces themselves. */
class ArrowPiecesTest {
    private static final ArrowSample SAMPLE = sample();
    private static final MaskPlan PLAN = new MaskPlan(
            List.of(
                    new MaskPlan.PlannedColumn("ID", Optional.empty(), "id", "id"),
                    new MaskPlan.PlannedColumn("EMAIL", Optional.of(Mask.of(MaskFunction.EMAIL)), "pii", "pii"),
                    new MaskPlan.PlannedColumn("CITY", Optional.empty(), "id", "id"),
                    new MaskPlan.PlannedColumn("AGE", Optional.of(Mask.of(MaskFunction.NULL)), "pii", "pii")),
            true);
    private static final byte[] MASKED = masked();

    @Test
    void whoever_feeds_may_use_the_array_again_at_once() {
        Random random = new Random(2);
        for (int round = 0; round < 20; round++) {
            byte[] array = new byte[1 + random.nextInt(60_000)];
            ByteSink out = new ByteSink(64, Integer.MAX_VALUE - 16);
            ArrowRowMasker masker = masker();
            for (int at = 0; at < SAMPLE.stream().length; at += array.length) {
                int length = Math.min(array.length, SAMPLE.stream().length - at);
                System.arraycopy(SAMPLE.stream(), at, array, 0, length);
                masker.feed(array, 0, length, out);
                Arrays.fill(array, (byte) 'x');
            }
            masker.finish();

            assertThat(Arrays.equals(out.take(), MASKED)).as("round %d", round).isTrue();
        }
    }

    @Test
    void what_is_given_leaves_as_what_is_fed() {
        Random random = new Random(3);
        for (int round = 0; round < 20; round++) {
            ByteSink out = new ByteSink(64, Integer.MAX_VALUE - 16);
            ArrowRowMasker masker = masker();
            for (int at = 0; at < SAMPLE.stream().length; ) {
                int length = Math.min(1 + random.nextInt(60_000), SAMPLE.stream().length - at);
                if (random.nextBoolean()) {
                    masker.give(SAMPLE.stream(), at, length, out);
                } else {
                    masker.feed(SAMPLE.stream(), at, length, out);
                }
                at += length;
            }
            masker.finish();

            assertThat(Arrays.equals(out.take(), MASKED)).as("round %d", round).isTrue();
            assertThat(masker.rows()).isEqualTo(SAMPLE.rows());
        }
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void a_chunk_is_what_the_masker_makes_of_it_whatever_its_compression(boolean gzipIn, boolean gzipOut)
            throws IOException {
        byte[] input = gzipIn ? gzip(SAMPLE.stream()) : SAMPLE.stream();
        Random random = new Random(4);
        for (int round = 0; round < 5; round++) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (ChunkCodec codec = new ChunkCodec(masker(), gzipIn, gzipOut, Long.MAX_VALUE)) {
                for (int at = 0; at < input.length; ) {
                    int end = Math.min(input.length, at + 1 + random.nextInt(100_000));
                    codec.feed(Arrays.copyOfRange(input, at, end));
                    for (byte[] step = codec.step(); step != null; step = codec.step()) {
                        out.writeBytes(step);
                    }
                    at = end;
                }
                out.writeBytes(codec.finish());

                assertThat(codec.bytes()).isEqualTo(MASKED.length);
                assertThat(codec.digest()).isEqualTo(Sha256.create().digest(MASKED));
            }
            byte[] left = gzipOut
                    ? new GZIPInputStream(new ByteArrayInputStream(out.toByteArray())).readAllBytes()
                    : out.toByteArray();
            assertThat(Arrays.equals(left, MASKED)).as("round %d", round).isTrue();
        }
    }

    @Test
    void no_byte_of_a_masked_cell_is_in_what_leaves() {
        String raw = new String(MASKED, StandardCharsets.ISO_8859_1);

        assertThat(new String(SAMPLE.stream(), StandardCharsets.ISO_8859_1)).contains("person77@");
        assertThat(raw).contains("p***@some.domain.example", "city of 77").doesNotContain("person");
    }

    private static ArrowRowMasker masker() {
        return new ArrowRowMasker(
                CellMasks.of(new Masks(new byte[32]), PLAN, SAMPLE.types()), SAMPLE.names(), SAMPLE.rows());
    }

    private static byte[] masked() {
        ByteSink out = new ByteSink(64, Integer.MAX_VALUE - 16);
        ArrowRowMasker masker = masker();
        masker.feed(SAMPLE.stream(), 0, SAMPLE.stream().length, out);
        masker.finish();
        return out.take();
    }

    private static ArrowSample sample() {
        int rows = 9_000;
        List<@Nullable String> ids = new ArrayList<>();
        List<@Nullable String> emails = new ArrayList<>();
        List<@Nullable String> cities = new ArrayList<>();
        List<@Nullable String> ages = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            ids.add(Integer.toString(i));
            emails.add(i % 7 == 0 ? "person" + i + "@some.domain.example" : "person" + i + "@mail.example");
            cities.add(i % 5 == 0 ? null : "city of " + i);
            ages.add(Integer.toString(20 + i % 60));
        }
        return ArrowSample.of(
                List.of(
                        new ArrowSample.Column("ID", ArrowSample.Kind.FIXED4, 0, ids),
                        new ArrowSample.Column("EMAIL", ArrowSample.Kind.TEXT, 0, emails),
                        new ArrowSample.Column("CITY", ArrowSample.Kind.TEXT, 0, cities),
                        new ArrowSample.Column("AGE", ArrowSample.Kind.FIXED8, 0, ages)),
                4_000);
    }
}

package dev.snowgate.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers are rounded in bytes as in decimals. */
class Utf8NumberTest {
    private static final Masks MASKS = new Masks(new byte[32]);
    private static final List<Mask> NUMBERS = List.of(
            Mask.of(MaskFunction.ROUND),
            Mask.round(0),
            Mask.round(1),
            Mask.round(3),
            Mask.round(-2),
            Mask.round(-30),
            Mask.bucket(new BigDecimal("500")),
            Mask.bucket(new BigDecimal("0.25")),
            Mask.bucket(new BigDecimal("7")),
            Mask.bucket(new BigDecimal("1E+20")),
            Mask.bucket(new BigDecimal("0.01")));
    private static final List<String> EDGES = List.of(
            "0",
            "-0",
            "0.0",
            "-0.4",
            "-0.5",
            "0.5",
            "1249.5",
            "99.5",
            "995",
            "-995",
            "-99.95",
            ".5",
            "5.",
            ".",
            "-",
            "",
            "007",
            "-.5",
            "--1",
            "1-",
            "1.2.3",
            "+1",
            "1e5",
            "99999999999999999",
            "99999999999999999.9",
            "9999999999999999.9",
            "999999999999999999999999",
            "0.00000000000000001",
            "-12345678901234567",
            "12 ",
            "\t1",
            "999999999999999.99",
            "-999999999999999.99");

    @Test
    void every_number_is_rounded_in_bytes_as_in_decimals() {
        Random random = new Random(41);
        for (Mask mask : NUMBERS) {
            ColumnMask column = MASKS.column(mask, "fixed");
            EDGES.forEach(number -> compare(column, mask, number));
            for (int i = 0; i < 4_000; i++) {
                compare(column, mask, number(random));
            }
        }
    }

    @Test
    void ordinary_numbers_need_no_text() {
        assertThat(compare(MASKS.column(Mask.of(MaskFunction.ROUND), "fixed"), Mask.of(MaskFunction.ROUND), "1234.56"))
                .isEqualTo("1200.00");
        assertThat(compare(MASKS.column(Mask.round(-3), "fixed"), Mask.round(-3), "-1500"))
                .isEqualTo("-2000");
        Mask bucket = Mask.bucket(BigDecimal.TEN);
        assertThat(compare(MASKS.column(bucket, "fixed"), bucket, "-0.01")).isEqualTo("-10.00");
    }

    private static String number(Random random) {
        long value = random.nextLong() >>> 1 + random.nextInt(62);
        int scale = random.nextInt(12);
        String plain =
                BigDecimal.valueOf(random.nextBoolean() ? value : -value, scale).toPlainString();
        return random.nextInt(10) == 0 ? plain.replaceFirst("[0-9]", "9") : plain;
    }

    /** What was written, which is what the text's mask says; empty text if the text is to be asked. */
    private static String compare(ColumnMask column, Mask mask, String number) {
        byte[] cell = ("x" + number + "9").getBytes(StandardCharsets.US_ASCII);
        Utf8MasksTest.Sink sink = new Utf8MasksTest.Sink();
        boolean written = column.writeUtf8(cell, 1, cell.length - 2, sink);
        String answer = new String(sink.bytes(), StandardCharsets.US_ASCII);
        if (written) {
            assertThat(answer).as("%s of %s", mask, number).isEqualTo(column.apply(number, new DetectionCounts()));
        } else {
            assertThat(answer).isEmpty();
        }
        return answer;
    }
}

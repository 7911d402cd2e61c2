package dev.snowgate.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes must be masked exactly like texts, or be left to them. */
class Utf8MasksTest {
    private static final Masks MASKS = new Masks("a key of thirty-two bytes, fixed".getBytes(StandardCharsets.UTF_8));
    private static final List<String> TYPES = List.of(
            "text",
            "fixed",
            "real",
            "decfloat",
            "boolean",
            "date",
            "time",
            "timestamp_ntz",
            "timestamp_tz",
            "binary",
            "variant",
            "geography");
    private static final List<String> ARGUMENTS =
            List.of("", "hidden", "vér*** \"x\"", "\ud800", "2", "10", "1,0", "2,3", "0,4", "100,100", "CH", "$.a");
    private static final List<MaskFunction> FAST = List.of(
            MaskFunction.REDACT, MaskFunction.EMAIL, MaskFunction.LAST4, MaskFunction.INITIALS, MaskFunction.HASH);
    private static final String[] PARTS = {
        "@",
        "@",
        ".",
        ".",
        "-",
        " ",
        ",",
        "'",
        "\t",
        "\n",
        "\u001c",
        "\u007f",
        "\"",
        "\\",
        "?",
        "[",
        "a",
        "B",
        "xy",
        "ada",
        "example",
        "example.com",
        "xn--p1ai",
        "xn--",
        "7",
        "1234",
        "+41",
        "x".repeat(60),
        "é",
        "ü",
        "李",
        "😀",
        "\u200b",
        "\u00a0",
        "{\"a\":1}"
    };

    @ParameterizedTest
    @EnumSource(MaskFunction.class)
    void every_function_gives_the_same_for_bytes_as_for_texts(MaskFunction function) {
        Random random = new Random(31 + function.ordinal());
        for (String argument : ARGUMENTS) {
            for (String type : TYPES) {
                ColumnMask mask = MASKS.column(new Mask(function, argument), type);
                for (int i = 0; i < 400; i++) {
                    compare(mask, text(random), random);
                }
            }
        }
    }

    @Test
    void ascii_is_masked_without_a_text_by_the_functions_that_are_used_most() {
        Random random = new Random(5);
        for (MaskFunction function : FAST) {
            ColumnMask mask = MASKS.column(Mask.of(function), "text");
            for (int i = 0; i < 2_000; i++) {
                String text = text(random);
                boolean ascii = text.chars().allMatch(c -> c < 0x80);
                assertThat(compare(mask, text, random))
                        .as("%s of %s", function, text)
                        .isEqualTo(ascii);
            }
        }
        assertThat(compare(MASKS.column(new Mask(MaskFunction.PARTIAL, "2,1"), "text"), "abcdefgh", random))
                .isTrue();
        assertThat(compare(MASKS.column(Mask.of(MaskFunction.HASH), "binary"), "DEADBEEF", random))
                .isTrue();
    }

    @Test
    void a_domain_is_judged_alike_at_its_longest() {
        Random random = new Random(7);
        ColumnMask mask = MASKS.column(Mask.of(MaskFunction.EMAIL), "text");
        for (int length = 245; length < 262; length++) {
            compare(mask, "ada@" + "x".repeat(length - 4) + ".com", random);
        }
    }

    @ParameterizedTest
    @EnumSource(MaskFunction.class)
    void bytes_that_are_no_utf8_are_left(MaskFunction function) {
        Random random = new Random(11);
        for (String argument : ARGUMENTS) {
            ColumnMask mask = MASKS.column(new Mask(function, argument), "text");
            for (int i = 0; i < 300; i++) {
                byte[] cell = text(random).getBytes(StandardCharsets.UTF_8);
                cell = Arrays.copyOf(cell, cell.length + 1);
                int at = random.nextInt(cell.length);
                cell[cell.length - 1] = cell[at];
                cell[at] = (byte) (0xF8 + random.nextInt(8));
                Sink sink = new Sink();
                assertThat(mask.writeUtf8(cell, 0, cell.length, sink)).isFalse();
                assertThat(sink.bytes()).isEmpty();
            }
        }
    }

    /** Compares both ways, with other bytes around the cell; whether the bytes were masked as such. */
    private static boolean compare(ColumnMask mask, String text, Random random) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int before = random.nextInt(12);
        int after = random.nextInt(12);
        byte[] around = new byte[before + utf8.length + after];
        random.nextBytes(around);
        System.arraycopy(utf8, 0, around, before, utf8.length);
        Sink sink = new Sink();
        boolean written = mask.writeUtf8(around, before, utf8.length, sink);
        if (written) {
            String expected = mask.apply(text, new DetectionCounts());
            assertThat(expected).as(text).isNotNull();
            assertThat(new String(sink.bytes(), StandardCharsets.UTF_8))
                    .as(text)
                    .isEqualTo(expected);
        } else {
            assertThat(sink.bytes()).as(text).isEmpty();
        }
        return written;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        boolean plain = random.nextInt(3) > 0;
        for (int i = random.nextInt(9); i > 0; i--) {
            String part = PARTS[random.nextInt(PARTS.length)];
            text.append(plain && part.chars().anyMatch(c -> c >= 0x80) ? "Ada " : part);
        }
        return text.toString();
    }

    /** Grows by what is asked and no more; what is not counted is not kept. */
    static final class Sink implements Utf8Sink {
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private byte[] room = new byte[0];

        @Override
        public byte[] room(int more) {
            room = Arrays.copyOf(written.toByteArray(), written.size() + more);
            return room;
        }

        @Override
        public int size() {
            return written.size();
        }

        @Override
        public void grow(int more) {
            written.write(room, written.size(), more);
        }

        byte[] bytes() {
            return written.toByteArray();
        }
    }
}

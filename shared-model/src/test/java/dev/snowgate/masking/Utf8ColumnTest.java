package dev.snowgate.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Columns must be masked exactly like texts one by one, or be left to that. */
class Utf8ColumnTest {
    private static final Masks MASKS = new Masks("a key of thirty-two bytes, fixed".getBytes(StandardCharsets.UTF_8));
    private static final List<Mask> WHOLE = List.of(
            new Mask(MaskFunction.REDACT, "hidden"),
            new Mask(MaskFunction.REDACT, "vér***"),
            Mask.of(MaskFunction.EMAIL),
            Mask.of(MaskFunction.LAST4),
            Mask.of(MaskFunction.INITIALS),
            Mask.of(MaskFunction.HASH),
            Mask.partial(2, 1),
            Mask.partial(0, 20),
            Mask.partial(0, 8),
            Mask.partial(8, 0),
            Mask.partial(9, 1),
            Mask.partial(3, 4));
    /** Letters of names, and what stands between them, but for addresses. */
    private static final String[] ALPHABETS = {"abZ", "Ab -,", "aB '1.-", "a7-", "\t aA", "@a"};

    private static final String[] DOMAINS = {
        "io.c",
        "x.io",
        "ab.ch",
        "mail.ch",
        "mail.com",
        "gmail.com",
        "a.example.com",
        "abcdefghi.info",
        "abcdefghij.info",
        "a.b.c.d.e.museum",
        "abcdefghij.abcdefgh.com",
        "abcdefghij.abcdefghi.com",
        "abcdefghij.xbcdefgh.com",
        "sub.mail.com"
    };
    private static final String[] TEXTS = {
        "",
        "a",
        "Ada King",
        "ada.king@example.com",
        "b@example.com",
        "ada@x.io",
        "ada@sub.domain.example.museum",
        "ada@EXAMPLE.COM",
        "ada@exa_mple.com",
        "ada@example.c0m",
        "ada@example..com",
        "ada@@example.com",
        "@example.com",
        "ada@",
        "123-45-6789",
        "A B C D E F G H I J",
        "Anna-Lena O'Neill, Jr.",
        "x".repeat(300) + "@" + "y".repeat(100) + ".com",
        "\t\n",
        "\0".repeat(12)
    };
    private static final String[] OTHERS = {"Zoë", "李小龍", "😀@example.com", "é"};

    /** The same column objects serve every round, as they serve every batch. */
    @Test
    void whole_columns_are_masked_as_each_cell_is() {
        Random random = new Random(17);
        for (Mask mask : WHOLE) {
            ColumnMask whole = MASKS.column(mask, "text");
            Utf8Column column = new Utf8Column();
            for (int round = 0; round < 1_000; round++) {
                boolean ascii = random.nextInt(3) > 0;
                List<@Nullable String> cells = cells(random, ascii);
                load(column, cells, random);

                boolean written = whole.writeAll(column);

                boolean blind = mask.function() == MaskFunction.REDACT;
                boolean plain = cells.stream().allMatch(cell -> cell == null || isAscii(cell));
                assertThat(written).isEqualTo(blind || plain);
                if (written) {
                    assertThat(masked(column, cells))
                            .as("%s of %s", mask, cells)
                            .isEqualTo(cells.stream()
                                    .map(cell -> whole.apply(cell, new DetectionCounts()))
                                    .toList());
                }
            }
        }
    }

    @Test
    void every_character_of_ascii_is_of_the_kind_that_the_text_says() {
        List<@Nullable String> cells = new ArrayList<>();
        for (char c = 0; c < 128; c++) {
            for (String around :
                    List.of("abc%cdef", "Ab %ccd", "%cbcde fgh", "1234567%c", "ab%c@mail.com", "ab@ma%cl.com")) {
                cells.add(around.replace("%c", Character.toString(c)));
            }
        }
        for (Mask mask : WHOLE) {
            Utf8Column column = new Utf8Column();
            load(column, cells, new Random(1));

            assertThat(MASKS.column(mask, "text").writeAll(column)).isTrue();

            assertThat(masked(column, cells))
                    .isEqualTo(cells.stream()
                            .map(cell -> MASKS.column(mask, "text").apply(cell, new DetectionCounts()))
                            .toList());
        }
    }

    /** The second at sign is seen although so many characters stand before the first. */
    @Test
    void an_address_with_a_known_domain_and_two_at_signs_is_hidden_however_long_it_is() {
        for (int before = 1; before < 140; before++) {
            for (int between = 0; between < 9; between++) {
                List<@Nullable String> cells = List.of(
                        "a@mail.com", "x".repeat(before) + "@" + "y".repeat(between) + "@mail.com", "b@mail.com");
                Utf8Column column = new Utf8Column();
                load(column, cells, new Random(before));

                assertThat(MASKS.column(Mask.of(MaskFunction.EMAIL), "text").writeAll(column))
                        .isTrue();

                assertThat(masked(column, cells)).containsExactly("***@mail.com", TextMasks.REDACTED, "***@mail.com");
            }
        }
    }

    @Test
    void what_marks_take_is_held_too() {
        List<@Nullable String> cells = Collections.nCopies(1_000, "some.body@mail.example.com");
        for (Mask mask : List.of(
                Mask.of(MaskFunction.EMAIL),
                Mask.of(MaskFunction.INITIALS),
                Mask.of(MaskFunction.LAST4),
                Mask.partial(2, 2))) {
            Utf8Column column = new Utf8Column();
            load(column, cells, new Random(1));

            assertThat(MASKS.column(mask, "text").writeAll(column)).isTrue();

            assertThat(column.held() - column.out.length - 4L * (column.ends.length + column.outEnds.length))
                    .isGreaterThan(column.size());
        }
    }

    @Test
    void texts_may_lie_at_the_beginning_of_their_array() {
        byte[] texts = "a@x.iomail.comBo Lib@mail.com".getBytes(StandardCharsets.US_ASCII);
        int[] ends = {0, 6, 14, 19, 29};
        ByteBuffer batch = ByteBuffer.allocate(texts.length + 4 * ends.length).order(ByteOrder.LITTLE_ENDIAN);
        batch.put(texts);
        for (int end : ends) {
            batch.putInt(end);
        }
        for (Mask mask : WHOLE) {
            Utf8Column column = new Utf8Column();
            assertThat(column.read(batch.array(), texts.length, 0, texts.length, ends.length - 1))
                    .isTrue();
            column.setValidity(new byte[] {15}, 0);

            assertThat(MASKS.column(mask, "text").writeAll(column)).isTrue();

            List<@Nullable String> cells = List.of("a@x.io", "mail.com", "Bo Li", "b@mail.com");
            assertThat(masked(column, cells))
                    .isEqualTo(cells.stream()
                            .map(cell -> MASKS.column(mask, "text").apply(cell, new DetectionCounts()))
                            .toList());
        }
    }

    @Test
    void masks_that_need_a_text_write_no_column() {
        Utf8Column column = new Utf8Column();
        for (MaskFunction function :
                List.of(MaskFunction.NULL, MaskFunction.PHONE, MaskFunction.IP, MaskFunction.ROUND)) {
            load(column, List.of("+41 79 123 45 67", "10.1.2.3"), new Random(1));
            assertThat(MASKS.column(Mask.of(function), "text").writeAll(column)).isFalse();
        }
        load(column, List.of("12.3"), new Random(1));
        assertThat(MASKS.column(Mask.of(MaskFunction.ROUND), "fixed").writeAll(column))
                .isFalse();
    }

    @Test
    void offsets_that_decrease_or_lead_elsewhere_are_told() {
        assertThat(read(10, 0, 3, 5, 10)).isTrue();
        assertThat(read(10, 0, 0, 0, 0)).isTrue();
        assertThat(read(10, 0, 3, 5, 11)).isFalse();
        assertThat(read(10, 0, 5, 3, 10)).isFalse();
        assertThat(read(10, -1, 3, 5, 10)).isFalse();
        assertThat(read(10, 0, -1, 5, 10)).isFalse();
        assertThat(read(10, 0, Integer.MIN_VALUE, 5, 10)).isFalse();
        assertThat(read(10, 1, Integer.MIN_VALUE, 5, 10)).isFalse();
        assertThat(read(10, 0, Integer.MAX_VALUE, Integer.MIN_VALUE, 10)).isFalse();
        assertThat(read(10, 0, 3, 5, Integer.MAX_VALUE)).isFalse();
    }

    private static boolean read(int length, int... offsets) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * offsets.length + length).order(ByteOrder.LITTLE_ENDIAN);
        for (int offset : offsets) {
            bytes.putInt(offset);
        }
        return new Utf8Column().read(bytes.array(), 0, 4 * offsets.length, length, offsets.length - 1);
    }

    private static List<@Nullable String> cells(Random random, boolean ascii) {
        List<@Nullable String> cells = new ArrayList<>();
        int nulls = random.nextInt(3);
        for (int i = 1 + random.nextInt(40); i > 0; i--) {
            if (nulls > 0 && random.nextInt(4) < nulls) {
                cells.add(null);
            } else {
                cells.add(ascii || random.nextInt(5) > 0 ? text(random) : OTHERS[random.nextInt(OTHERS.length)]);
            }
        }
        return cells;
    }

    /** One of those above, an address, or some characters, of which there are as many as masks look at at a time or so. */
    private static String text(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> TEXTS[random.nextInt(TEXTS.length)];
            case 1 ->
                some(random, random.nextInt(8) == 0 ? "a@" : "ab", 1 + random.nextInt(5)) + "@"
                        + DOMAINS[random.nextInt(DOMAINS.length)];
            default ->
                some(
                        random,
                        ALPHABETS[random.nextInt(ALPHABETS.length)],
                        random.nextInt(random.nextBoolean() ? 62 : 140));
        };
    }

    private static String some(Random random, String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    /** In the middle of other bytes, from an offset that is not always 0; null cells may have bytes. */
    private static void load(Utf8Column column, List<@Nullable String> cells, Random random) {
        ByteArrayOutputStream texts = new ByteArrayOutputStream();
        int skipped = random.nextInt(3);
        texts.writeBytes(new byte[skipped]);
        byte[] validity = new byte[cells.size() / 8 + 1];
        int before = random.nextInt(9);
        int data = before + 4 * (cells.size() + 1);
        ByteBuffer offsets = ByteBuffer.allocate(data).order(ByteOrder.LITTLE_ENDIAN);
        offsets.position(before).putInt(skipped);
        int nulls = 0;
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            if (cell == null) {
                nulls++;
                texts.writeBytes(
                        random.nextBoolean() ? new byte[0] : text(random).getBytes(StandardCharsets.US_ASCII));
            } else {
                validity[i / 8] |= (byte) (1 << i % 8);
                texts.writeBytes(cell.getBytes(StandardCharsets.UTF_8));
            }
            offsets.putInt(texts.size());
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(offsets.array());
        all.writeBytes(texts.toByteArray());
        byte[] behind = new byte[random.nextInt(12)];
        random.nextBytes(behind);
        all.writeBytes(behind);
        assertThat(column.read(all.toByteArray(), before, data, texts.size(), cells.size()))
                .isTrue();
        column.setValidity(validity, nulls);
    }

    private static List<@Nullable String> masked(Utf8Column column, List<@Nullable String> cells) {
        byte[] offsets = new byte[4 * (cells.size() + 1)];
        column.writeOffsets(offsets);
        ByteBuffer ends = ByteBuffer.wrap(offsets).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(ends.getInt(0)).isZero();
        assertThat(ends.getInt(4 * cells.size())).isEqualTo(column.maskedSize());
        List<@Nullable String> masked = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            int from = ends.getInt(4 * i);
            String text = new String(column.masked(), from, ends.getInt(4 * i + 4) - from, StandardCharsets.UTF_8);
            if (cells.get(i) == null) {
                assertThat(text).as("nothing of a null cell").isEmpty();
            }
            masked.add(cells.get(i) == null ? null : text);
        }
        return masked;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}

package dev.snowgate.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a result says of a masked column holds for whatever the mask makes. */
class MaskedTypeTest {
    private static final Masks MASKS = new Masks(new byte[32]);
    private static final int RUNS = 3_000;
    private static final String[] PIECES = {
        "a",
        "é",
        "😀",
        "1",
        "12345678",
        " ",
        "-",
        "@",
        ".",
        "a@b.co",
        "4111111111111111",
        "203.0.113.9",
        "2001:db8::1:2",
        "+41791234567",
        "123-45-6789",
        "\u200b",
        "１",
        "\"\"",
        "{\"a\":\"\"}",
        "{\"a\":[\"\",\"\",1]}",
        "x",
        "Ada L",
        "\n"
    };

    static List<Mask> masks() {
        Detection everything = new Detection(EnumSet.allOf(Detector.class), List.of("CH", "US"), Map.of());
        return List.of(
                Mask.of(MaskFunction.NULL),
                Mask.of(MaskFunction.REDACT),
                new Mask(MaskFunction.REDACT, "— gone, and it is quite long —"),
                Mask.of(MaskFunction.EMAIL),
                Mask.of(MaskFunction.LAST4),
                Mask.of(MaskFunction.INITIALS),
                Mask.of(MaskFunction.HASH),
                Mask.of(MaskFunction.YEAR),
                Mask.of(MaskFunction.MONTH),
                Mask.of(MaskFunction.ROUND),
                Mask.round(2),
                Mask.round(0),
                Mask.round(-4),
                Mask.bucket(new BigDecimal("2.5")),
                Mask.bucket(new BigDecimal("1E+9")),
                Mask.bucket(new BigDecimal("7E+35")),
                Mask.partial(2, 3),
                Mask.partial(0, 100),
                Mask.phone("CH"),
                Mask.of(MaskFunction.IP),
                Mask.jsonPath(new JsonPaths(List.of("$..*"), JsonPaths.Inner.REDACT)),
                Mask.detect(everything),
                Mask.detect(new Detection(Set.of(), List.of(), Map.of("letters", "[a-z]"))),
                Mask.scan(everything, EnumSet.allOf(TextKind.class)));
    }

    @ParameterizedTest
    @MethodSource("masks")
    void texts_fit(Mask mask) {
        Random random = new Random(7);
        for (int run = 0; run < RUNS; run++) {
            // Given
            String value = random.ints(random.nextInt(7), 0, PIECES.length)
                    .mapToObj(i -> PIECES[i])
                    .collect(Collectors.joining());
            long length = value.codePointCount(0, value.length());
            MaskedType before = new MaskedType(
                    "text", false, length, (long) value.getBytes(StandardCharsets.UTF_8).length, null, null);

            // When
            String masked = MASKS.apply(mask, "text", value);
            MaskedType after = MASKS.typeAfter(mask, before);

            // Then
            assertThat(after.length()).isGreaterThanOrEqualTo(length);
            if (masked == null) {
                assertThat(after.nullable()).as(mask + " of " + value).isTrue();
            } else {
                assertThat(masked.codePointCount(0, masked.length()))
                        .as(mask + " of " + value + " is " + masked)
                        .isLessThanOrEqualTo(after.length().intValue());
                assertThat(masked.getBytes(StandardCharsets.UTF_8).length)
                        .as(mask + " of " + value + " is " + masked)
                        .isLessThanOrEqualTo(after.byteLength().intValue());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("masks")
    void numbers_fit(Mask mask) {
        Random random = new Random(7);
        for (int run = 0; run < RUNS; run++) {
            // Given
            int precision = 1 + random.nextInt(38);
            int scale = random.nextInt(precision + 1);
            BigInteger digits = new BigInteger(130, random).mod(BigInteger.TEN.pow(precision));
            String value = new BigDecimal(random.nextBoolean() ? digits : digits.negate(), scale).toPlainString();

            // When
            String masked = MASKS.apply(mask, "fixed", value);
            MaskedType after = MASKS.typeAfter(mask, new MaskedType("fixed", false, null, null, precision, scale));

            // Then
            assertThat(after.precision()).isBetween(precision, 38);
            assertThat(after.scale()).isEqualTo(scale);
            if (masked == null) {
                assertThat(after.nullable()).as(mask + " of " + value).isTrue();
            } else {
                BigDecimal number = new BigDecimal(masked);
                assertThat(number.scale()).as(mask + " of " + value).isEqualTo(scale);
                assertThat(number.precision())
                        .as(mask + " of " + value + " is " + masked)
                        .isLessThanOrEqualTo(after.precision());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("masks")
    void types_stay_and_what_may_become_null_says_so(Mask mask) {
        for (String type :
                List.of("real", "date", "timestamp_tz", "binary", "variant", "boolean", "vector", "unknown")) {
            MaskedType before = new MaskedType(type, false, 8L, 8L, 9, 3);
            MaskedType after = MASKS.typeAfter(mask, before);

            assertThat(after.type()).isEqualTo(type);
            assertThat(after.nullable()).isEqualTo(!MASKS.leaves(mask, type));
            assertThat(after.length()).isGreaterThanOrEqualTo(8);
            assertThat(after.precision()).isEqualTo(9);
        }
    }

    @Test
    void a_value_that_would_not_fit_any_number_becomes_null() {
        String nines = "9".repeat(38);

        assertThat(MASKS.apply(Mask.round(-4), "fixed", nines)).isNull();
        assertThat(MASKS.apply(Mask.bucket(new BigDecimal("3E+37")), "fixed", "-" + nines))
                .isNull();
        assertThat(MASKS.apply(Mask.bucket(BigDecimal.TEN), "decfloat", "1e999999999999"))
                .isNull();
        assertThat(MASKS.apply(Mask.bucket(BigDecimal.TEN), "decfloat", "-1e-9999999"))
                .isEqualTo("-10");
        assertThat(MASKS.apply(Mask.bucket(BigDecimal.TEN), "decfloat", "1e16000"))
                .isNull();
        assertThat(MASKS.apply(Mask.bucket(BigDecimal.TEN), "real", "1.7976931348623157E308"))
                .isNotNull();
        for (String none : List.of("NaN", "inf", "-inf", "", "x", "0x1p3", "1e5000")) {
            assertThat(MASKS.apply(Mask.bucket(BigDecimal.TEN), "real", none))
                    .as(none)
                    .isNull();
        }
    }
}

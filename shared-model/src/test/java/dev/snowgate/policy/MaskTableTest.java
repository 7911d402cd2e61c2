package dev.snowgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.Masks;
import dev.snowgate.yaml.YamlNode;
import dev.snowgate.yaml.YamlProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Reads the tables of the documentation: what they say of a mask is what it does. */
class MaskTableTest {
    private static final Masks MASKS = new Masks(new byte[32]);
    private static final Pattern WORD = Pattern.compile("`([^`]+)`");
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);
    private static final DateTimeFormatter ZONED =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS xxx", Locale.ROOT);
    private static final Set<String> ALL_TYPES = Set.of(
            "fixed",
            "real",
            "decfloat",
            "date",
            "timestamp_ntz",
            "timestamp_ltz",
            "timestamp_tz",
            "binary",
            "variant",
            "object",
            "array",
            "map",
            "boolean",
            "time",
            "geography",
            "geometry",
            "vector",
            "interval_day_time",
            "a type of tomorrow");

    @Test
    void each_mask_makes_of_each_type_what_the_table_says() throws IOException {
        List<List<String>> table = table("| function | `fixed`");
        List<String> head = table.get(0);
        List<String> values = table.get(1);
        Set<MaskFunction> functions = EnumSet.noneOf(MaskFunction.class);
        Set<String> seen = new java.util.HashSet<>();
        for (List<String> row : table.subList(2, table.size())) {
            Mask mask = mask(row.getFirst());
            functions.add(mask.function());
            for (int i = 1; i < row.size(); i++) {
                for (String type : types(head.get(i))) {
                    String cell = encoded(type, values.get(i));
                    String masked = MASKS.apply(mask, type, cell);

                    assertThat(shown(type, cell, masked))
                            .as(row.getFirst() + " of " + type)
                            .matches(expected(type, values.get(i), row.get(i)));
                    assertThat(MASKS.apply(mask, type.toUpperCase(Locale.ROOT), cell))
                            .isEqualTo(masked);
                    assertThat(MASKS.apply(mask, type, null)).isNull();
                    if (MASKS.producesNull(mask, type)) {
                        assertThat(masked).isNull();
                    }
                    assertThat(MASKS.leaves(mask, type)).isEqualTo(row.get(i).equals("stays"));
                    seen.add(type);
                }
            }
        }
        assertThat(functions).containsExactlyInAnyOrder(MaskFunction.values());
        assertThat(seen).isEqualTo(ALL_TYPES);
    }

    @Test
    void each_mask_makes_of_each_text_what_the_table_says() throws IOException {
        List<List<String>> table = table("| function | a text");
        Set<MaskFunction> functions = EnumSet.noneOf(MaskFunction.class);
        for (List<String> row : table.subList(1, table.size())) {
            Mask mask = mask(row.getFirst());
            functions.add(mask.function());
            String masked = MASKS.apply(mask, "text", row.get(1));

            assertThat(shown("text", row.get(1), masked))
                    .as(row.getFirst() + " of " + row.get(1))
                    .matches(expected("text", row.get(1), row.get(2)));
        }
        assertThat(functions).containsExactlyInAnyOrder(MaskFunction.values());
    }

    @Test
    void a_mask_whose_argument_is_not_understood_gives_null() {
        for (MaskFunction function : EnumSet.complementOf(EnumSet.of(
                MaskFunction.REDACT,
                MaskFunction.EMAIL,
                MaskFunction.LAST4,
                MaskFunction.INITIALS,
                MaskFunction.HASH,
                MaskFunction.YEAR,
                MaskFunction.MONTH,
                MaskFunction.IP))) {
            for (String argument :
                    List.of("x", "{}", "[", "1e", "-", ",", "0,0", "{\"paths\":1}", "{\"detectors\":[1]}")) {
                Mask mask = new Mask(function, argument);
                for (String type : List.of("text", "fixed", "variant", "boolean")) {
                    assertThat(MASKS.apply(mask, type, "1234567"))
                            .as(mask + " of " + type)
                            .isNull();
                    assertThat(MASKS.leaves(mask, type)).isFalse();
                }
            }
        }
    }

    private static List<List<String>> table(String beginning) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(Path.of("../docs/masking.md"))) {
            inside = inside ? line.startsWith("|") : line.startsWith(beginning);
            if (inside && !line.startsWith("| ---")) {
                rows.add(Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                        .map(String::strip)
                        .toList());
            }
        }
        assertThat(rows).hasSizeGreaterThan(3);
        return rows;
    }

    private static Mask mask(String words) {
        YamlProblems problems = new YamlProblems();
        Mask mask = YamlNode.parse("docs", words.substring(1, words.length() - 1), problems)
                .flatMap(node -> new MaskReader(new PolicyWords(Map.of())).read(node))
                .orElseThrow();
        assertThat(problems.found()).isEmpty();
        return mask;
    }

    private static List<String> types(String head) {
        List<String> types = new ArrayList<>();
        Matcher matcher = WORD.matcher(head);
        while (matcher.find()) {
            types.add(matcher.group(1));
        }
        if (head.endsWith("that we do not know")) {
            types.add("a type of tomorrow");
        }
        return types;
    }

    private static String encoded(String type, String value) {
        return switch (type) {
            case "date" -> Long.toString(LocalDate.parse(value).toEpochDay());
            case "timestamp_ntz", "timestamp_ltz" ->
                seconds(java.time.LocalDateTime.parse(value, LOCAL).toInstant(ZoneOffset.UTC));
            case "timestamp_tz" -> {
                OffsetDateTime time = OffsetDateTime.parse(value, ZONED);
                yield seconds(time.toInstant()) + " " + (time.getOffset().getTotalSeconds() / 60 + 1440);
            }
            default -> value;
        };
    }

    private static String seconds(Instant instant) {
        return String.format(Locale.ROOT, "%d.%03d", instant.getEpochSecond(), instant.getNano() / 1_000_000);
    }

    /** As the table shows it. */
    private static String shown(String type, String cell, String masked) {
        if (masked == null || masked.equals(cell) && !type.equals("text")) {
            return masked == null ? "NULL" : type.equals("real") || type.equals("decfloat") ? masked : "stays";
        }
        return switch (type) {
            case "date" -> LocalDate.ofEpochDay(Long.parseLong(masked)).toString();
            case "timestamp_ntz", "timestamp_ltz" ->
                LOCAL.format(instant(masked).atOffset(ZoneOffset.UTC));
            case "timestamp_tz" -> {
                String[] parts = masked.split(" ", -1);
                ZoneOffset offset = ZoneOffset.ofTotalSeconds((Integer.parseInt(parts[1]) - 1440) * 60);
                yield ZONED.format(instant(parts[0]).atOffset(offset));
            }
            default -> masked;
        };
    }

    private static Instant instant(String seconds) {
        int dot = seconds.indexOf('.');
        return Instant.ofEpochSecond(
                Long.parseLong(seconds.substring(0, dot)), Long.parseLong(seconds.substring(dot + 1)) * 1_000_000);
    }

    private static String expected(String type, String value, String said) {
        return switch (said) {
            case "16 bytes" -> "[0-9A-F]{32}";
            case "32 hex digits" -> "[0-9a-f]{32}";
            case "stays" -> type.equals("real") || type.equals("decfloat") ? Pattern.quote(value) : "stays";
            default -> Pattern.quote(said);
        };
    }
}

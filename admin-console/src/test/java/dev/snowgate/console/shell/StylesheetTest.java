package dev.snowgate.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StylesheetTest {
    private static final Pattern TOKEN =
            Pattern.compile("--sg-([a-z0-9-]+): light-dark\\((#[0-9A-F]{6}), (#[0-9A-F]{6})\\);");
    private static final String CSS = read();
    private static final Map<String, String[]> TOKENS = tokens();

    private static String read() {
        try (InputStream css = StylesheetTest.class.getResourceAsStream("/META-INF/resources/console.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static Map<String, String[]> tokens() {
        Map<String, String[]> tokens = new HashMap<>();
        Matcher matcher = TOKEN.matcher(CSS);
        while (matcher.find()) {
            tokens.put(matcher.group(1), new String[] {matcher.group(2), matcher.group(3)});
        }
        return tokens;
    }

    private static double contrast(String one, String other, int scheme) {
        double a = luminance(TOKENS.get(one)[scheme]);
        double b = luminance(TOKENS.get(other)[scheme]);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(String hex) {
        double[] rgb = new double[3];
        for (int i = 0; i < 3; i++) {
            double c = Integer.parseInt(hex.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            rgb[i] = c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void verdict_text_is_readable_on_tint_and_surface(int scheme) {
        double least = scheme == 0 ? 5.9 : 6.4;
        for (String verdict : List.of("allowed", "held", "denied", "masked")) {
            assertThat(contrast(verdict + "-text", verdict + "-tint", scheme))
                    .as(verdict)
                    .isGreaterThanOrEqualTo(least);
            assertThat(contrast(verdict + "-text", "surface", scheme))
                    .as(verdict)
                    .isGreaterThanOrEqualTo(4.5);
        }
        assertThat(contrast("masked-text", "masked-line", scheme)).isGreaterThanOrEqualTo(4.5);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void marks_borders_and_focus_can_be_told_from_their_ground(int scheme) {
        for (String verdict : List.of("allowed", "held", "denied", "masked")) {
            assertThat(contrast(verdict, "raised", scheme)).as(verdict).isGreaterThanOrEqualTo(3);
        }
        assertThat(contrast("control", "raised", scheme)).isGreaterThanOrEqualTo(3.1);
        assertThat(contrast("focus", "surface", scheme)).isGreaterThanOrEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void the_smallest_label_is_readable_on_every_ground(int scheme) {
        for (String ground : List.of("bg", "surface", "raised", "sunken")) {
            assertThat(contrast("ink-3", ground, scheme)).as(ground).isGreaterThanOrEqualTo(4.6);
        }
    }

    @Test
    void no_colour_stands_outside_the_tokens() {
        String rules = CSS.substring(CSS.indexOf("body {"));
        assertThat(Pattern.compile("#[0-9A-Fa-f]{3,8}\\b|rgba?\\(|hsla?\\(|oklch\\(")
                        .matcher(rules)
                        .results()
                        .map(r -> r.group())
                        .toList())
                .isEmpty();
    }

    @Test
    void every_token_that_is_used_exists() {
        Matcher used = Pattern.compile("var\\(--sg-([a-z0-9-]+)").matcher(CSS);
        while (used.find()) {
            assertThat(CSS).contains("--sg-" + used.group(1) + ":");
        }
    }
}

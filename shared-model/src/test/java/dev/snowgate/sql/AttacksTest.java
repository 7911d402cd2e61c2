package dev.snowgate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Attempts to get protected values out, and how each must be seen. */
class AttacksTest {
    static Stream<String> attempts() throws IOException {
        return lines("/sql/attacks.txt");
    }

    static Stream<String> lines(String resource) throws IOException {
        try (var in = AttacksTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void an_attempt_is_seen_for_what_it_is(String line) {
        // Given
        String expected = line.substring(0, line.indexOf(" | ")).strip();
        String text = line.substring(line.indexOf(" | ") + 3);

        // When
        SqlAnalysis analysis = SampleCatalog.analyse(text);

        // Then
        if (expected.equals("not")) {
            assertThat(analysis).isInstanceOf(SqlAnalysis.NotUnderstood.class);
            return;
        }
        List<StatementAnalysis> all = SampleCatalog.statements(text);
        StatementAnalysis last = all.getLast();
        assertThat(seen(expected, last)).as("%s in %s", expected, last).isTrue();
    }

    private static boolean seen(String expected, StatementAnalysis s) {
        if (expected.startsWith("runs:")) {
            return s.kinds()
                    .contains(StatementKind.valueOf(expected.substring(5).toUpperCase(java.util.Locale.ROOT)));
        }
        if (expected.equals("mask:rest")) {
            return s.rest().filter(SampleCatalog::isMasked).isPresent();
        }
        if (expected.startsWith("mask:")) {
            return SampleCatalog.isMasked(s.output().get(Integer.parseInt(expected.substring(5))));
        }
        if (expected.startsWith("flag:")) {
            return s.flags().contains(expected.substring(5));
        }
        return switch (expected) {
            case "unproven" ->
                (s.output().isEmpty() || s.rest().isPresent())
                        && s.rest()
                                .filter(rest -> rest.derivation() != OutputColumn.Derivation.UNKNOWN)
                                .isEmpty()
                        && Set.of(StatementKind.SELECT, StatementKind.CALL, StatementKind.SCRIPT)
                                .contains(s.kind());
            case "pred" -> !s.predicateUse().isEmpty();
            case "unknown" -> s.objects().stream().anyMatch(use -> use.effect() == Effect.READ && !use.known());
            case "write" ->
                s.writes().stream()
                        .flatMap(w -> w.sources().stream())
                        .anyMatch(c -> SampleCatalog.CATALOG.protection(c).isPresent());
            case "unload" -> s.effects().contains(Effect.UNLOAD) && s.unload().isPresent();
            case "external" -> s.effects().contains(Effect.EXTERNAL_CALL);
            case "files" -> s.effects().contains(Effect.FILE_TRANSFER);
            case "privilege" -> s.effects().contains(Effect.PRIVILEGE);
            case "code" -> s.effects().contains(Effect.CODE);
            default -> throw new IllegalArgumentException(expected);
        };
    }
}

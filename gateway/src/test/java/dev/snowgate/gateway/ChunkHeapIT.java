package dev.snowgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkHeapIT {
    private static final long ROWS = 600_000;
    private static final long REPLY_ROWS = 500_000;
    private static final long MEGABYTE = 1024 * 1024;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"chunk", "partition"})
    void what_is_larger_than_the_heap_passes_masked_and_a_client_that_stops_stops_the_source(String kind)
            throws Exception {
        // When
        Run run = run("-Xmx128m", ROWS, kind);
        // Then
        Map<String, Long> told = run.told();
        assertThat(told).as("%s", run.lines()).containsEntry("status", 200L);
        assertThat(told.get("made")).isGreaterThan(190 * MEGABYTE);
        assertThat(told)
                .containsEntry("rows", kind.equals("chunk") ? ROWS : ROWS + 1)
                .containsEntry("masked", ROWS)
                .containsEntry("clear", 0L);
        assertThat(told.get("madeAtFirstByte")).as("the first byte came early").isLessThan(told.get("made") / 2);
        assertThat(told.get("madeWhilePaused"))
                .as("compressed bytes read ahead of a client that stopped")
                .isLessThan(16 * MEGABYTE);
    }

    @Test
    void rows_inside_of_a_reply_are_never_in_memory_as_they_are_read() throws Exception {
        // When: they are larger than the heap
        Run run = run("-Xmx128m", REPLY_ROWS, "reply");
        // Then
        Map<String, Long> told = run.told();
        assertThat(told).as("%s", run.lines()).containsEntry("status", 200L);
        assertThat(told.get("made")).isGreaterThan(MEGABYTE * 140);
        assertThat(told)
                .containsEntry("rows", REPLY_ROWS + 2)
                .containsEntry("masked", REPLY_ROWS)
                .containsEntry("clear", 0L);
    }

    private Run run(String heap, long rows, String kind) throws Exception {
        Path output = folder.resolve("output");
        Process run = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        heap,
                        "-XX:+ExitOnOutOfMemoryError",
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChunkHeapRun.class.getName(),
                        Long.toString(rows),
                        kind)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = run.waitFor(240, TimeUnit.SECONDS);
        run.destroyForcibly();
        List<String> lines = lines(output);
        assertThat(ended).as("it ended: %s", lines).isTrue();
        assertThat(run.exitValue()).as("%s", lines).isZero();
        return new Run(lines, numbers(lines));
    }

    private record Run(List<String> lines, Map<String, Long> told) {}

    private static List<String> lines(Path output) throws IOException {
        return Files.readAllLines(output, StandardCharsets.UTF_8);
    }

    private static Map<String, Long> numbers(List<String> lines) {
        Map<String, Long> told = new HashMap<>();
        for (String line : lines) {
            if (line.matches("[a-zA-Z]+=[0-9]+")) {
                told.put(line.substring(0, line.indexOf('=')), Long.valueOf(line.substring(line.indexOf('=') + 1)));
            }
        }
        return told;
    }
}

package dev.snowgate.console.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The project's own policy packs, as their files are. */
public final class SamplePolicies {
    private static final Path PACKS = Path.of("../policies");

    private SamplePolicies() {}

    /** Path to text of the packs that the demo publishes. */
    public static Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        for (String pack : List.of("production-guardrails", "driver-essentials")) {
            try (Stream<Path> found = Files.list(PACKS.resolve(pack))) {
                found.filter(path -> path.toString().endsWith(".yaml"))
                        .forEach(path -> files.put(pack + "/" + path.getFileName(), read(path)));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return files;
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

package dev.snowgate.emulator;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs steps through the unmodified Node driver in a process of its own. The driver is installed once by npm into a
 * folder below {@code target}; the property {@code snowgate.node.dir} names another one to share between modules.
 */
public final class NodeDriver {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final Path folder;

    private NodeDriver(Path folder) {
        this.folder = folder;
    }

    /** Whether there is a node program on the path; only where there is none may a test be skipped. */
    public static boolean present() {
        return find("node") != null;
    }

    private static @Nullable File find(String program) {
        String path = String.valueOf(System.getenv("PATH"));
        return Arrays.stream(path.split(File.pathSeparator))
                .map(dir -> new File(dir, program))
                .filter(File::canExecute)
                .findFirst()
                .orElse(null);
    }

    /** Installs the driver when it is not there yet; a failure to do so is an error, never a skip. */
    public static synchronized NodeDriver installed() throws IOException, InterruptedException {
        Path folder =
                Path.of(System.getProperty("snowgate.node.dir", "target/node")).toAbsolutePath();
        Files.createDirectories(folder);
        copy("package.json", folder);
        copy("steps.js", folder);
        if (!Files.exists(folder.resolve("node_modules/snowflake-sdk/package.json"))) {
            Process npm = new ProcessBuilder(
                            "npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("npm.log").toFile())
                    .start();
            if (!npm.waitFor(5, TimeUnit.MINUTES) || npm.exitValue() != 0) {
                npm.destroyForcibly();
                throw new IOException("The Node driver can't be installed; see " + folder.resolve("npm.log"));
            }
        }
        return new NodeDriver(folder);
    }

    private static void copy(String name, Path folder) throws IOException {
        try (InputStream in = NodeDriver.class.getResourceAsStream("/node/" + name)) {
            if (in == null) {
                throw new IOException("Missing on the class path: /node/" + name);
            }
            Files.copy(in, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Connects, runs the steps in order and returns one line per step, after the line of {@code connect}.
     *
     * @param connection options of the driver's createConnection
     * @param steps maps with sql, binds, parameters, multi, async, cancelAfterMs, requestId, describeOnly, keep
     */
    public List<JsonNode> run(Map<String, ?> connection, List<? extends Map<String, ?>> steps)
            throws IOException, InterruptedException {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("connection", connection);
        config.put("steps", steps);
        ProcessBuilder builder = new ProcessBuilder("node", "steps.js", JSON.writeValueAsString(config))
                .directory(folder.toFile())
                .redirectError(folder.resolve("stderr.log").toFile());
        builder.environment().put("SNOWFLAKE_DISABLE_PLATFORM_DETECTION", "true");
        builder.environment().put("HOME", folder.toString());
        Process node = builder.start();
        List<JsonNode> lines = new ArrayList<>();
        Thread killer = Thread.startVirtualThread(() -> {
            try {
                if (!node.waitFor(3, TimeUnit.MINUTES)) {
                    node.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        String out = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = node.waitFor();
        killer.interrupt();
        out.lines().filter(line -> line.startsWith("{")).forEach(line -> lines.add(JSON.readTree(line)));
        if (exit != 0) {
            throw new IOException("node ended with " + exit + ": " + out);
        }
        // Proves to the build that the driver ran here and was not skipped; in the module that runs the test.
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target/node-used"), "yes\n");
        return lines;
    }
}

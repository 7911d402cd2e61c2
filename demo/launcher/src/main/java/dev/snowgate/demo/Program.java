package dev.snowgate.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One child process: a program's jar with its settings, its log and its health address. */
final class Program {
    private static final Duration HEALTHY_WITHIN = Duration.ofMinutes(3);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(25);
    private static final int LOG_TAIL = 30;
    private final String name;
    private final Path log;
    private final URI health;
    private final Process process;

    private Program(String name, Path log, URI health, Process process) {
        this.name = name;
        this.log = log;
        this.health = health;
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param memory heap limit, such as {@code 384m}
     * @param settings a file of properties, given to the program as its configuration
     */
    static Program start(
            String name, Path jar, Path folder, Path log, String memory, List<String> arguments, URI health) {
        if (!Files.exists(jar)) {
            throw new DemoException("The program " + jar + " is not built. Run: ./snowgate build");
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xss512k",
                "-Xmx" + memory,
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                jar.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()));
        builder.environment().put("SNOWFLAKE_DISABLE_PLATFORM_DETECTION", "true");
        try {
            return new Program(name, log, health, builder.start());
        } catch (IOException e) {
            throw new DemoException(name + " could not be started", e);
        }
    }

    String name() {
        return name;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it answers its health address; its log's end is shown if it does not. */
    void awaitHealthy() {
        long deadline = System.nanoTime() + HEALTHY_WITHIN.toNanos();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
            while (System.nanoTime() < deadline) {
                if (!process.isAlive()) {
                    throw new DemoException(name + " ended while it started. The end of " + log + ":\n" + tail());
                }
                if (healthy(client)) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoException("interrupted", e);
        }
        throw new DemoException(name + " did not become healthy. The end of " + log + ":\n" + tail());
    }

    private boolean healthy(HttpClient client) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(health)
                    .timeout(Duration.ofSeconds(3))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Asks it to stop. */
    void askToStop() {
        process.destroy();
    }

    /** Waits for its end and kills it if it does not come. */
    void awaitStop() {
        try {
            if (!process.waitFor(STOPS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

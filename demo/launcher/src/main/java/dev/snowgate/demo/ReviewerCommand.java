package dev.snowgate.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reviews through the console's own command mode, as a child process: the same service, the same checks as a click in the
 * console; nothing here writes to the database.
 */
final class ReviewerCommand {
    private ReviewerCommand() {}

    /** {@code approvals}, {@code approve A-1 [--comment …]} or {@code deny A-1 --comment …} for a running demo. */
    static int run(DemoState state, Path home, String verb, List<String> arguments) {
        String comment = Options.text(arguments, "--comment", "");
        String reviewer = Options.text(arguments, "--reviewer", Cast.APPROVER.email());
        String groups = Options.text(arguments, "--groups", String.join(",", Cast.APPROVER.groups()));
        List<String> words = new ArrayList<>();
        if (!arguments.isEmpty() && !arguments.getFirst().startsWith("--")) {
            words.add("--id=" + arguments.getFirst());
        }
        if (!comment.isEmpty()) {
            words.add("--comment=" + comment);
        }
        words.add("--output=text");
        Result result = call(home, new Settings(state, state.runningPorts()), verb, reviewer, groups, words);
        System.out.print(result.output());
        System.err.print(result.errors());
        return result.code();
    }

    static Result call(Path home, Settings settings, String verb, String reviewer, String groups, List<String> words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                home.resolve("admin-console/target/admin-console-0.1.0-exec.jar")
                        .toString(),
                "--snowgate.command=" + verb,
                "--reviewer=" + reviewer,
                "--groups=" + groups));
        command.addAll(settings.consoleCommand());
        command.addAll(words);
        try {
            Process process = new ProcessBuilder(command).start();
            process.getOutputStream().close();
            Thread.Builder.OfVirtual reader = Thread.ofVirtual();
            StringBuilder errors = new StringBuilder();
            Thread collecting = reader.start(() -> errors.append(text(process.getErrorStream())));
            String output = text(process.getInputStream());
            int code = process.waitFor();
            collecting.join();
            return new Result(code, output, errors.toString());
        } catch (IOException e) {
            throw new DemoException("The console's command mode could not be started.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoException("interrupted", e);
        }
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** What the command said and its exit code. */
    record Result(int code, String output, String errors) {}
}

package dev.snowgate.demo;

import java.nio.file.Path;
import java.util.List;

/** Entry of {@code ./snowgate demo}, {@code token}, {@code sql}, {@code approvals}, {@code approve}, {@code deny} and {@code catalog}. */
public final class Launcher {
    private static final int WRONG_USE = 2;

    private Launcher() {}

    public static void main(String[] args) {
        Path home = Path.of(System.getProperty("snowgate.home", "."))
                .toAbsolutePath()
                .normalize();
        List<String> arguments = List.of(args);
        int code;
        try {
            code = run(
                    home,
                    arguments.isEmpty() ? "" : arguments.getFirst(),
                    arguments.stream().skip(1).toList());
        } catch (DemoException e) {
            System.err.println(e.getMessage());
            code = 1;
        }
        System.exit(code);
    }

    private static int run(Path home, String verb, List<String> arguments) {
        return switch (verb) {
            case "demo" -> arguments.contains("--check") ? check(home) : demo(home, arguments);
            case "token" -> AgentTokens.print(DemoState.running(home), arguments);
            case "sql" -> AgentShell.run(DemoState.running(home), arguments);
            case "approvals", "approve", "deny" -> ReviewerCommand.run(DemoState.running(home), home, verb, arguments);
            case "catalog" -> CatalogCommand.run(DemoState.running(home), home, arguments);
            default -> {
                System.err.println("unknown: " + verb);
                yield WRONG_USE;
            }
        };
    }

    private static int demo(Path home, List<String> arguments) {
        DemoState state = DemoState.open(home.resolve(".snowgate/demo"));
        Ports ports = Ports.from(Options.number(arguments, "--port-base", Ports.DEFAULT_BASE));
        DemoStack stack = new DemoStack(home, state, ports, System.out);
        Runtime.getRuntime().addShutdownHook(new Thread(stack::stop, "demo-stop"));
        stack.start();
        Welcome.print(System.out, state, ports);
        return stack.awaitEnd();
    }

    /** On free ports and in a folder of its own, so that it never meets a demo that runs. */
    private static int check(Path home) {
        DemoState state = DemoState.temporary();
        Ports ports = Ports.free();
        DemoStack stack = new DemoStack(home, state, ports, System.out);
        Thread stop = new Thread(
                () -> {
                    stack.stop();
                    state.delete();
                },
                "demo-stop");
        Runtime.getRuntime().addShutdownHook(stop);
        stack.start();
        boolean allHold = new DemoCheck(home, state, ports).run(System.out);
        return allHold ? 0 : 1;
    }
}

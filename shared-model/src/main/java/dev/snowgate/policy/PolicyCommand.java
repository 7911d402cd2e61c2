package dev.snowgate.policy;

import dev.snowgate.yaml.YamlException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The command line for policies: {@code test}, {@code decide} and {@code coverage}. Needs no server. */
public final class PolicyCommand {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    private static final Set<String> VALUED = Set.of(
            "--policies",
            "--catalog",
            "--statements",
            "--database",
            "--schema",
            "--warehouse",
            "--role",
            "--agent",
            "--groups",
            "--person",
            "--client",
            "--network",
            "--read-protected",
            "--at",
            "--zone");
    private static final long STACK_BYTES = 32L * 1024 * 1024;
    private static final String HELP = """
        policy test <folder>
            runs all suites below the folder
        policy decide --policies <folder> --catalog <file.yaml> --statements <file.jsonl> [--database D] [--schema S]
                      [--warehouse W] [--role R] [--agent A] [--groups a,b] [--person P] [--client C] [--at INSTANT]
                      [--zone Z] [--network ADDRESS] [--read-protected ssn,email] [--json | --text]
            reads lines {"id": …, "sql": …} and writes one line of JSON (or of text) for each
        policy coverage --statements <file.jsonl> [--catalog <file.yaml>] [--database D] [--schema S]
            counts what cannot be understood, by construct
        """;

    private PolicyCommand() {}

    /** Exit code 0: all well; 1: a suite failed, a policy does not compile or a line cannot be read; 2: wrong use. */
    public static void main(String[] arguments) throws InterruptedException {
        AtomicInteger code = new AtomicInteger(FAILED);
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        // statements may be nested deeply: the same stack that the gateway gives to analysis
        Thread thread = new Thread(null, () -> code.set(run(List.of(arguments), out, err)), "policy", STACK_BYTES);
        thread.start();
        thread.join();
        out.flush();
        System.exit(code.get());
    }

    /** The same without ending the process. */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        List<String> args = !arguments.isEmpty() && arguments.getFirst().equals("policy")
                ? arguments.subList(1, arguments.size())
                : arguments;
        try {
            return switch (args.isEmpty() ? "" : args.getFirst()) {
                case "test" -> args.size() == 2 ? test(Path.of(args.get(1)), out, err) : usage(err);
                case "decide" -> new DecideCommand(options(args), out).decide();
                case "coverage" -> new CoverageCommand(options(args), out).run();
                default -> usage(err);
            };
        } catch (PolicyException e) {
            e.problems().forEach(err::println);
            return FAILED;
        } catch (YamlException e) {
            e.problems()
                    .forEach(problem -> err.println(
                            problem.file() + ":" + problem.line() + ":" + problem.column() + ": " + problem.message()));
            return FAILED;
        } catch (IOException e) {
            err.println("Cannot read " + e.getMessage());
            return USAGE;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return usage(err);
        }
    }

    private static int usage(PrintStream err) {
        err.print(HELP);
        return USAGE;
    }

    private static Map<String, String> options(List<String> args) {
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i < args.size(); i++) {
            String name = args.get(i);
            if (name.equals("--json") || name.equals("--text")) {
                options.put(name, "true");
            } else if (VALUED.contains(name) && i + 1 < args.size()) {
                options.put(name, args.get(++i));
            } else {
                throw new IllegalArgumentException("Not understood: " + name);
            }
        }
        return options;
    }

    private static int test(Path folder, PrintStream out, PrintStream err) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + ": not a folder");
        }
        PolicyFolder files = PolicyFolder.read(folder);
        PolicySet.compile(0, files.policies()).warnings().forEach(warning -> err.println("warning: " + warning));
        int failed = 0;
        int cases = 0;
        for (PolicySource suite : files.suites()) {
            PolicySuite.Report report = PolicySuite.run(suite, files.all());
            cases += report.cases().size();
            failed += report.failed().size();
            out.println((report.failed().isEmpty() ? "ok     " : "FAILED ") + report.file() + ": "
                    + report.cases().size() + " cases");
            for (PolicySuite.Case wrong : report.failed()) {
                out.println("       " + report.file() + ":" + wrong.line() + ": " + wrong.principal() + " × "
                        + wrong.statement() + ": " + wrong.difference());
            }
        }
        out.println(cases + " cases, " + failed + " failed");
        return failed == 0 && cases > 0 ? OK : FAILED;
    }
}

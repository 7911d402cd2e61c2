package dev.snowgate.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code catalog status|sync|mark|unmark} for a running demo, through the console's own command mode. */
final class CatalogCommand {
    private CatalogCommand() {}

    static int run(DemoState state, Path home, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of("--output=text"));
        List<String> plain = arguments.stream()
                .takeWhile(argument -> !argument.startsWith("--"))
                .toList();
        words.add("--action=" + (plain.isEmpty() ? "status" : plain.getFirst()));
        if (plain.size() > 1) {
            words.add("--column=" + plain.get(1));
        }
        for (String option : List.of("category", "reason", "account")) {
            String value = Options.text(arguments, "--" + option, "");
            if (!value.isEmpty()) {
                words.add("--" + option + "=" + value);
            }
        }
        if (arguments.contains("--confirm")) {
            words.add("--confirm");
        }
        ReviewerCommand.Result result = ReviewerCommand.call(
                home,
                new Settings(state, state.runningPorts()),
                "catalog",
                Options.text(arguments, "--reviewer", Cast.ADMIN.email()),
                Options.text(arguments, "--groups", String.join(",", Cast.ADMIN.groups())),
                words);
        System.out.print(result.output());
        System.err.print(result.errors());
        return result.code();
    }
}

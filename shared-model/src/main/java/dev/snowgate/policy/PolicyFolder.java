package dev.snowgate.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The YAML files below a folder, by their {@code kind}. Paths are relative to the folder, with slashes. A file of an
 * unknown kind counts as a policy, so that compiling reports it.
 */
public record PolicyFolder(
        List<PolicySource> policies,
        List<PolicySource> suites,
        List<PolicySource> protection,
        List<PolicySource> catalogs) {
    private static final Pattern KIND = Pattern.compile("(?m)^kind:[ \\t]*[\"']?([A-Za-z]+)");
    private static final int DEEPEST = 8;

    public PolicyFolder {
        policies = List.copyOf(policies);
        suites = List.copyOf(suites);
        protection = List.copyOf(protection);
        catalogs = List.copyOf(catalogs);
    }

    /** Reads the folder; files are sorted by path, so that the same folder always gives the same set. */
    public static PolicyFolder read(Path folder) throws IOException {
        List<PolicySource> policies = new ArrayList<>();
        List<PolicySource> suites = new ArrayList<>();
        List<PolicySource> protection = new ArrayList<>();
        List<PolicySource> catalogs = new ArrayList<>();
        for (Path file : yamlFiles(folder)) {
            PolicySource source =
                    new PolicySource(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            Matcher kind = KIND.matcher(source.text());
            switch (kind.find() ? kind.group(1) : "") {
                case "Suite" -> suites.add(source);
                case "Protection" -> protection.add(source);
                case "Catalog" -> catalogs.add(source);
                default -> policies.add(source);
            }
        }
        return new PolicyFolder(policies, suites, protection, catalogs);
    }

    private static List<Path> yamlFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder, DEEPEST)) {
            return files.filter(Files::isRegularFile)
                    .filter(file ->
                            file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** All files. */
    public List<PolicySource> all() {
        return Stream.of(policies, suites, protection, catalogs)
                .flatMap(List::stream)
                .toList();
    }
}

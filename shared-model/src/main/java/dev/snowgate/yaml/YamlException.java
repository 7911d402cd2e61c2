package dev.snowgate.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** A YAML text could not be read; names every problem found. */
public final class YamlException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<YamlProblem> problems;

    public YamlException(List<YamlProblem> problems) {
        super(problems.stream().map(YamlProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<YamlProblem> problems() {
        return problems;
    }
}

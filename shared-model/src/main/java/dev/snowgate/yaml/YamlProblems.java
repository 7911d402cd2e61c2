package dev.snowgate.yaml;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, so that one reading shows all of it. */
public final class YamlProblems {
    private final List<YamlProblem> found = new ArrayList<>();

    void add(YamlProblem problem) {
        found.add(problem);
    }

    public List<YamlProblem> found() {
        return List.copyOf(found);
    }

    /** Throws if anything was found. */
    public void check() {
        if (!found.isEmpty()) {
            throw new YamlException(found);
        }
    }
}

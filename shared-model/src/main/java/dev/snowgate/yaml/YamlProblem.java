package dev.snowgate.yaml;

/** One thing wrong in a YAML text; line and column are 1-based, {@code suggestion} may be empty. */
public record YamlProblem(String file, int line, int column, String message, String suggestion) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message + (suggestion.isEmpty() ? "" : " " + suggestion);
    }
}

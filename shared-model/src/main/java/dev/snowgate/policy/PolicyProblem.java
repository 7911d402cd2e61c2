package dev.snowgate.policy;

/** One thing wrong in a policy file; line and column are 1-based. */
public record PolicyProblem(String file, int line, int column, Severity severity, String message, String suggestion) {
    /** Errors keep a set from compiling; warnings do not. */
    public enum Severity {
        ERROR,
        WARNING
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message + (suggestion.isEmpty() ? "" : " " + suggestion);
    }
}

package dev.snowgate.sql.syntax;

/**
 * The text is not understood. Carries no literal of the text: construct, reason and advice are made from keywords and names only.
 */
public class SyntaxProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String construct;
    private final String reason;
    private final String advice;
    private final int at;

    /** A problem at the 0-based offset {@code at}, or -1 if there is no place. */
    public SyntaxProblem(String construct, String reason, String advice, int at) {
        super(construct, null, false, false);
        this.construct = construct;
        this.reason = reason;
        this.advice = advice;
        this.at = at;
    }

    public String construct() {
        return construct;
    }

    public String reason() {
        return reason;
    }

    public String advice() {
        return advice;
    }

    public int at() {
        return at;
    }
}

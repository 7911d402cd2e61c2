package dev.snowgate.sql.syntax;

/** The end of the time for one text. Asked in every loop that a text can make long; one per text and not thread-safe. */
public final class Deadline {
    /** Asking the clock costs more than a token: only every so many steps. */
    private static final int STEPS = 128;

    private final long end;
    private final int millis;
    private int steps;

    private Deadline(long end, int millis) {
        this.end = end;
        this.millis = millis;
    }

    /** That many milliseconds from now. */
    public static Deadline in(int millis) {
        return new Deadline(System.nanoTime() + millis * 1_000_000L, millis);
    }

    /** Counts a step; fails once the time is over. */
    public void step() {
        if (++steps >= STEPS) {
            steps = 0;
            if (System.nanoTime() - end >= 0) {
                throw new SyntaxProblem(
                        "too slow to read",
                        "Reading the text takes longer than " + millis + " ms.",
                        "Split the statement.",
                        -1);
            }
        }
    }
}

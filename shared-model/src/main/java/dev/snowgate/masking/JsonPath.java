package dev.snowgate.masking;

import java.util.ArrayList;
import java.util.List;

/**
 * A path inside a semi-structured value: {@code $.contacts[*].phone}, {@code $['home address']}, {@code $..email}. Names
 * are compared without regard to case, since a value that is written otherwise must not stay.
 */
final class JsonPath {
    private static final int MOST_STEPS = 60;
    private final List<Step> steps;

    private JsonPath(List<Step> steps) {
        this.steps = steps;
    }

    /**
     * One step.
     *
     * @param name of a field; empty text for an element
     * @param index of an element; negative if any
     * @param any any field or element
     * @param deep at any depth below
     */
    private record Step(String name, int index, boolean any, boolean deep) {
        boolean fits(String field) {
            return any || (!name.isEmpty() && name.equalsIgnoreCase(field));
        }

        boolean fits(int element) {
            return any || (name.isEmpty() && index == element);
        }
    }

    /** Before the first step. */
    static long begin() {
        return 1;
    }

    /** Steps done, as bits, after going from {@code states} into a field. */
    long into(long states, String field) {
        long next = 0;
        for (long rest = states; rest != 0; rest &= rest - 1) {
            int done = Long.numberOfTrailingZeros(rest);
            if (done < steps.size()) {
                Step step = steps.get(done);
                next |= (step.fits(field) ? 1L << (done + 1) : 0) | (step.deep() ? 1L << done : 0);
            }
        }
        return next;
    }

    /** The same for an element of an array. */
    long into(long states, int element) {
        long next = 0;
        for (long rest = states; rest != 0; rest &= rest - 1) {
            int done = Long.numberOfTrailingZeros(rest);
            if (done < steps.size()) {
                Step step = steps.get(done);
                next |= (step.fits(element) ? 1L << (done + 1) : 0) | (step.deep() ? 1L << done : 0);
            }
        }
        return next;
    }

    /** Whether all steps are done. */
    boolean isAt(long states) {
        return (states >>> steps.size() & 1) != 0;
    }

    /** Fails with a message for people if the text is not a path. */
    static JsonPath parse(String text) {
        if (!text.startsWith("$") || text.length() == 1) {
            throw new IllegalArgumentException("a path begins with $ and has at least one step, such as $.email");
        }
        List<Step> steps = new ArrayList<>();
        int at = 1;
        while (at < text.length()) {
            boolean deep = text.startsWith("..", at);
            at += deep ? 1 : 0;
            int next;
            if (text.charAt(at) == '.') {
                next = endOfName(text, at + 1);
                if (deep && next == at + 1 && text.startsWith("[", at + 1)) {
                    at++;
                    next = endOfBracket(text, at);
                    steps.add(bracket(text.substring(at + 1, next - 1), true));
                } else {
                    steps.add(named(text.substring(at + 1, next), deep));
                }
            } else if (text.charAt(at) == '[') {
                next = endOfBracket(text, at);
                steps.add(bracket(text.substring(at + 1, next - 1), false));
            } else {
                throw new IllegalArgumentException("a step is .name, ['name'], [0], [*] or ..name");
            }
            at = next;
        }
        if (steps.size() > MOST_STEPS) {
            throw new IllegalArgumentException("a path has at most " + MOST_STEPS + " steps");
        }
        return new JsonPath(List.copyOf(steps));
    }

    private static Step named(String name, boolean deep) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a step without a name");
        }
        return name.equals("*") ? new Step("", -1, true, deep) : new Step(name, -1, false, deep);
    }

    private static Step bracket(String inside, boolean deep) {
        if (inside.equals("*")) {
            return new Step("", -1, true, deep);
        }
        if (inside.matches("[0-9]{1,6}")) {
            return new Step("", Integer.parseInt(inside), false, deep);
        }
        char quote = inside.isEmpty() ? ' ' : inside.charAt(0);
        if (inside.length() > 2 && (quote == '\'' || quote == '"') && inside.charAt(inside.length() - 1) == quote) {
            return new Step(inside.substring(1, inside.length() - 1), -1, false, deep);
        }
        throw new IllegalArgumentException("brackets hold 'name', a number or *");
    }

    private static int endOfName(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '.' && text.charAt(at) != '[') {
            at++;
        }
        return at;
    }

    private static int endOfBracket(String text, int from) {
        char quote = Text.at(text, from + 1);
        int close = quote == '\'' || quote == '"' ? text.indexOf(quote + "]", from + 2) + 1 : text.indexOf(']', from);
        if (close <= from) {
            throw new IllegalArgumentException("a bracket is not closed");
        }
        return close + 1;
    }
}

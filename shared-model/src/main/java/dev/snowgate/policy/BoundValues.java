package dev.snowgate.policy;

import java.util.function.Predicate;

/** The values bound to a request: read only where a decision needs them, one after the other, and never kept. */
@FunctionalInterface
public interface BoundValues {
    /** Nothing is bound. */
    BoundValues NONE = test -> false;

    /**
     * Whether one of the bound texts passes the test. What cannot be read passes.
     *
     * @param test must not keep the text: it may lie in a buffer that is used again
     */
    boolean anyMatches(Predicate<CharSequence> test);
}

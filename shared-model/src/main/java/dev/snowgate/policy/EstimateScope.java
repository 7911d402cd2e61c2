package dev.snowgate.policy;

import java.util.Optional;

/** Bounds of what a statement reads. A figure that is not known fits no allowance and every restriction. */
record EstimateScope(Bounds rows, Bounds bytes) {
    static final EstimateScope ANY = new EstimateScope(Bounds.NONE, Bounds.NONE);

    /**
     * Bounds of one figure.
     *
     * @param above exclusive
     * @param atMost inclusive
     */
    record Bounds(Optional<Long> above, Optional<Long> atMost) {
        static final Bounds NONE = new Bounds(Optional.empty(), Optional.empty());

        boolean say() {
            return above.isPresent() || atMost.isPresent();
        }

        boolean impossible() {
            return above.isPresent() && atMost.isPresent() && above.get() >= atMost.get();
        }

        boolean fit(Optional<Long> figure, boolean permissive) {
            return !say()
                    || figure.map(value -> above.orElse(-1L) < value && value <= atMost.orElse(Long.MAX_VALUE))
                            .orElse(!permissive);
        }
    }

    boolean says() {
        return rows.say() || bytes.say();
    }

    boolean matches(StatementFacts facts, boolean permissive) {
        return !says()
                || rows.fit(facts.estimate().rows(), permissive)
                        && bytes.fit(facts.estimate().bytes(), permissive);
    }
}

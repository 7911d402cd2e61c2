package dev.snowgate.gateway.statement;

import dev.snowgate.policy.BoundValues;
import java.util.Arrays;

/**
 * Bound values in the dialect's own encoding: bytes that only the dialect reads. May be tens of MB; never logged.
 *
 * @param encoded canonical bytes, empty if nothing is bound
 * @param digest SHA-256 of them
 */
public record Bindings(byte[] encoded, byte[] digest) {
    /** Nothing bound. */
    public static Bindings none() {
        return new Bindings(new byte[0], new byte[0]);
    }

    /** The bound texts, for a decision that has to look at them. */
    public BoundValues texts() {
        return isEmpty() ? BoundValues.NONE : new BoundTexts(encoded);
    }

    public boolean isEmpty() {
        return encoded.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bindings b && Arrays.equals(digest, b.digest) && encoded.length == b.encoded.length;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    @Override
    public String toString() {
        return "Bindings[" + encoded.length + " bytes]";
    }
}

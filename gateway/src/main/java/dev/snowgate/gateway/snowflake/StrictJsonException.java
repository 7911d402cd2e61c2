package dev.snowgate.gateway.snowflake;

/** The bytes are not the strict JSON that we accept. The message names the fault and its place, never a value. */
public final class StrictJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StrictJsonException(String message) {
        super(message);
    }
}

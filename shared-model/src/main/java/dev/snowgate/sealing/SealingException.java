package dev.snowgate.sealing;

/** A key is missing or unusable, or a sealed value does not open at its place. Never tells anything of the value. */
public final class SealingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SealingException(String message) {
        super(message);
    }

    SealingException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.snowgate.db;

/** A migration or a seed failed; the message is a sentence for operators. */
public final class MigrationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MigrationException(String message, Throwable cause) {
        super(message, cause);
    }

    MigrationException(String message) {
        super(message);
    }
}

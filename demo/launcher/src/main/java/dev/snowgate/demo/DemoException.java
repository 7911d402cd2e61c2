package dev.snowgate.demo;

import org.jspecify.annotations.Nullable;

/** The demo cannot go on; the message says what to do. */
final class DemoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoException(String message) {
        super(message);
    }

    DemoException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

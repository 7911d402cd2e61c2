package dev.snowgate.gateway.snowflake.result;

/** A result is not in the form that it announced. The message names the form, never a value. */
final class ResultFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ResultFault(String message) {
        super(message);
    }
}

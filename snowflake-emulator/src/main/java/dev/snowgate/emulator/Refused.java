package dev.snowgate.emulator;

/** A request that Snowflake itself would answer with an error: code, SQL state, words. Not a defect. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String code;
    private final String sqlState;

    public Refused(String code, String sqlState, String message) {
        super(message, null, false, false);
        this.code = code;
        this.sqlState = sqlState;
    }

    public String code() {
        return code;
    }

    public String sqlState() {
        return sqlState;
    }

    public String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}

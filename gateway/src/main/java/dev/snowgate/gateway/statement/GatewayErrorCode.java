package dev.snowgate.gateway.statement;

/**
 * Every reason for which the gateway itself answers with an error. Numbers and wire codes never change; each is described
 * in {@code docs/errors.md}. Wire codes stay outside Snowflake's 390xxx range, which drivers read as session faults,
 * except where exactly that is meant.
 */
public enum GatewayErrorCode {
    // decisions
    POLICY_DENIED(1001, "003001", "42501", 422),
    NOT_UNDERSTOOD(1002, "003001", "42501", 422),
    APPROVAL_DENIED(1003, "003001", "42501", 422),
    APPROVAL_EXPIRED(1004, "000604", "57014", 422),
    APPROVAL_WITHDRAWN(1005, "000604", "57014", 422),
    STATEMENT_CANCELLED(1006, "000604", "57014", 422),
    STATEMENT_ABANDONED(1007, "000604", "57014", 422),
    HOLD_IN_TRANSACTION(1008, "003001", "42501", 422),
    SESSION_DRIFTED(1009, "003001", "42501", 422),
    // requests
    MALFORMED_REQUEST(1101, "099101", "22000", 400),
    UNKNOWN_PATH(1102, "099102", "0A000", 404),
    BODY_TOO_LARGE(1103, "099103", "54000", 413),
    STATEMENT_TOO_LARGE(1104, "099104", "54000", 422),
    UNSUPPORTED_FIELD(1105, "099105", "0A000", 422),
    REQUEST_ID_REUSED(1106, "099106", "22000", 422),
    STATEMENT_COUNT_MISMATCH(1107, "000008", "0A000", 422),
    CANNOT_PREPARE(1108, "000007", "0A000", 422),
    UNKNOWN_ID(1109, "000709", "02000", 404),
    NOTHING_TO_CANCEL(1110, "000605", "57014", 422),
    UNSUPPORTED_METHOD(1111, "099111", "0A000", 405),
    UNSUPPORTED_MEDIA_TYPE(1112, "099112", "0A000", 415),
    // identity
    AUTHENTICATION_FAILED(1201, "390100", "28000", 401),
    SESSION_TOKEN_EXPIRED(1202, "390112", "08001", 401),
    SESSION_GONE(1203, "390111", "08001", 401),
    MASTER_TOKEN_INVALID(1204, "390114", "08001", 401),
    AGENT_SUSPENDED(1205, "390100", "28000", 403),
    LOGIN_METHOD_UNSUPPORTED(1206, "390100", "28000", 401),
    // results
    RESULT_WITHHELD(1301, "099301", "42501", 422),
    RESULT_EXPIRED(1302, "099302", "02000", 422),
    OUTCOME_UNKNOWN(1303, "099303", "08006", 422),
    RESULT_TOO_LARGE(1304, "099304", "54000", 422),
    // faults
    UPSTREAM_UNAVAILABLE(2001, "099201", "08006", 503),
    UPSTREAM_TIMEOUT(2002, "099202", "08006", 504),
    UPSTREAM_REPLY_NOT_UNDERSTOOD(2003, "099203", "08006", 502),
    RECORDING_UNAVAILABLE(3001, "099901", "08006", 503),
    OVERLOADED(3002, "099902", "53000", 429),
    INTERNAL_FAULT(3003, "099903", "58000", 500),
    POLICY_UNAVAILABLE(3004, "099904", "08006", 503),
    CATALOG_UNAVAILABLE(3005, "099905", "08006", 503);

    private final int number;
    private final String wireCode;
    private final String sqlState;
    private final int httpStatus;

    GatewayErrorCode(int number, String wireCode, String sqlState, int httpStatus) {
        this.number = number;
        this.wireCode = wireCode;
        this.sqlState = sqlState;
        this.httpStatus = httpStatus;
    }

    /** Our stable number. */
    public int number() {
        return number;
    }

    /** The {@code code} in the reply's body: a numeric string. */
    public String wireCode() {
        return wireCode;
    }

    public String sqlState() {
        return sqlState;
    }

    /** HTTP status in the SQL API; driver paths answer 200 always. */
    public int httpStatus() {
        return httpStatus;
    }
}

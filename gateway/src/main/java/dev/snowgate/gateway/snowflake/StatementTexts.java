package dev.snowgate.gateway.snowflake;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks that both dialects make of a statement's text and of request ids. */
public final class StatementTexts {
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final Pattern PATH_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private StatementTexts() {}

    /** The text, which must be there and within the limit of characters. */
    public static String required(Optional<String> text, String field, int mostCharacters) {
        String sql = text.orElse("");
        if (sql.isBlank()) {
            throw new GatewayException(
                    GatewayErrorCode.MALFORMED_REQUEST,
                    "The statement is empty: the field '" + field + "' is required.");
        }
        if (sql.length() > mostCharacters) {
            throw new GatewayException(
                    GatewayErrorCode.STATEMENT_TOO_LARGE,
                    "The statement has " + sql.length() + " characters; at most " + mostCharacters
                            + " are accepted. Bind the values instead of writing them into the text, or split it.");
        }
        return sql;
    }

    /** A client's request id in a form that is safe to keep. */
    public static String requestId(String text) {
        if (!REQUEST_ID.matcher(text).matches()) {
            throw new GatewayException(GatewayErrorCode.MALFORMED_REQUEST, "The requestId is not a UUID.");
        }
        return text;
    }

    /** Whether a path segment may be an id at all. */
    public static boolean isId(String segment) {
        return PATH_ID.matcher(segment).matches();
    }

    /** The fault for two different values of the same thing in query and body. */
    public static void requireSame(String queryValue, Optional<String> bodyValue, String name) {
        if (bodyValue.isPresent() && !bodyValue.get().equals(queryValue)) {
            throw new GatewayException(
                    GatewayErrorCode.MALFORMED_REQUEST,
                    "'" + name + "' has one value in the query and another in the body.");
        }
    }
}

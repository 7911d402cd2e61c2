package dev.snowgate.recording;

import dev.snowgate.codec.Encoding;
import java.util.Optional;

/**
 * The error that ended a statement; stored sealed only, because Snowflake's messages quote values. The same bytes are in the
 * statement's {@code sealed_error} and in the sealed part of its event.
 *
 * @param wireCode code as the agent is told
 * @param message message as the agent is told
 * @param line 1-based, -1 if none
 * @param pos 1-based, -1 if none
 * @param original Snowflake's own message, where there was one
 */
public record ErrorText(
        String wireCode, String sqlState, String message, int line, int pos, Optional<String> original) {
    /** How it is encoded before it is sealed. */
    public static final Encoding<ErrorText> ENCODING = Encoding.of("error-text", ErrorText.class);

    @Override
    public String toString() {
        return "ErrorText[" + wireCode + "]";
    }
}

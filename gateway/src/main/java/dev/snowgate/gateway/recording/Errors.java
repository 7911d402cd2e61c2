package dev.snowgate.gateway.recording;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.recording.ErrorText;
import java.util.Optional;

/** Errors as they are stored. */
final class Errors {
    private Errors() {}

    /** An error of the gateway: its words hold no values. */
    static ErrorText ours(GatewayErrorCode code, String message) {
        return new ErrorText(code.wireCode(), code.sqlState(), message, -1, -1, Optional.empty());
    }

    /** Snowflake's error, with what the agent is told of it. */
    static ErrorText upstream(UpstreamReply.Failed original, LedgerEntry.StoredError told) {
        return new ErrorText(
                told.wireCode(),
                told.sqlState(),
                told.message(),
                told.line(),
                told.pos(),
                Optional.of(original.message()));
    }
}

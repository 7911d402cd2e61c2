package dev.snowgate.gateway.statement;

import dev.snowgate.model.statement.StatementId;
import java.util.Optional;

/**
 * A fault or refusal with its code. The message goes to the agent: it holds no literal, no row, no token and nothing of
 * the upstream's internals.
 */
public final class GatewayException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final GatewayErrorCode code;
    private final transient Optional<StatementId> statement;

    public GatewayException(GatewayErrorCode code, String message) {
        this(code, message, Optional.empty(), null);
    }

    public GatewayException(
            GatewayErrorCode code,
            String message,
            Optional<StatementId> statement,
            @org.jspecify.annotations.Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.statement = statement;
    }

    public GatewayErrorCode code() {
        return code;
    }

    /** The statement it belongs to, if one was received, or the reference under which the refusal is recorded already. */
    public Optional<StatementId> statement() {
        return statement;
    }
}

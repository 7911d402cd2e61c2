package dev.snowgate.gateway.edge;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.model.statement.StatementId;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.web.ErrorResponse;
import reactor.netty.channel.AbortedException;

/** Makes of any fault one of our own, with a reference that support can find. */
final class Faults {
    private static final Logger log = LoggerFactory.getLogger(Faults.class);
    private static final int FRAMES = 12;

    private Faults() {}

    /** The same fault if it is ours, else what stands for it; with a reference in any case. */
    static GatewayException of(Throwable fault) {
        GatewayException ours = fault instanceof GatewayException known ? known : translated(fault);
        if (ours.statement().isPresent()) {
            return ours;
        }
        StatementId reference = StatementId.random();
        if (ours.code() == GatewayErrorCode.INTERNAL_FAULT) {
            log.error("internal fault, reference {}: {}", reference, outline(fault));
        }
        return new GatewayException(
                ours.code(), ours.getMessage() == null ? "" : ours.getMessage(), Optional.of(reference), fault);
    }

    private static GatewayException translated(Throwable fault) {
        if (fault instanceof DataBufferLimitException) {
            return new GatewayException(GatewayErrorCode.BODY_TOO_LARGE, "The request's body is too large.");
        }
        if (AbortedException.isConnectionReset(fault)) {
            return new GatewayException(
                    GatewayErrorCode.MALFORMED_REQUEST, "The connection ended before the request was complete.");
        }
        if (fault instanceof ErrorResponse response) {
            return ofStatus(response.getStatusCode().value());
        }
        return new GatewayException(
                GatewayErrorCode.INTERNAL_FAULT, "Snowgate failed to answer. Nothing was sent for this request.");
    }

    /** What stands for an error that the framework answers with a status. */
    static GatewayException ofStatus(int status) {
        return switch (status) {
            case 400 -> new GatewayException(GatewayErrorCode.MALFORMED_REQUEST, "The request was not understood.");
            case 404 -> new GatewayException(GatewayErrorCode.UNKNOWN_PATH, "Snowgate does not serve this path.");
            case 405 ->
                new GatewayException(GatewayErrorCode.UNSUPPORTED_METHOD, "This path is not served for this method.");
            case 413 -> new GatewayException(GatewayErrorCode.BODY_TOO_LARGE, "The request's body is too large.");
            case 415 ->
                new GatewayException(
                        GatewayErrorCode.UNSUPPORTED_MEDIA_TYPE, "The body must be of the type application/json.");
            case 429 -> new GatewayException(GatewayErrorCode.OVERLOADED, "Snowgate is overloaded. Try again shortly.");
            case 503 ->
                new GatewayException(
                        GatewayErrorCode.UPSTREAM_UNAVAILABLE,
                        "Snowflake cannot be reached at the moment. Try again later.");
            case 504 -> new GatewayException(GatewayErrorCode.UPSTREAM_TIMEOUT, "Snowflake did not answer in time.");
            default ->
                status < 500
                        ? new GatewayException(GatewayErrorCode.MALFORMED_REQUEST, "The request was not understood.")
                        : new GatewayException(GatewayErrorCode.INTERNAL_FAULT, "Snowgate failed to answer.");
        };
    }

    // Types and places without messages: a message may quote what the agent sent.
    private static String outline(Throwable fault) {
        StringBuilder text = new StringBuilder();
        for (Throwable t = fault; t != null && text.length() < 4_000; t = t.getCause()) {
            text.append(t.getClass().getName());
            StackTraceElement[] frames = t.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
                text.append("\n\tat ").append(frames[i]);
            }
            text.append('\n');
        }
        return text.toString();
    }
}

package dev.snowgate.gateway.snowflake.client;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.netty.handler.timeout.TimeoutException;
import java.util.Optional;

/**
 * Says in our words what went wrong on the way to Snowflake and back. None of them says that a statement failed: bytes may have
 * arrived, so whoever sent one has to ask again under the same request id.
 */
final class UpstreamFault {
    private UpstreamFault() {}

    static Throwable told(Throwable fault) {
        return switch (fault) {
            case GatewayException ours -> ours;
            case BulkheadFullException full ->
                with(
                        GatewayErrorCode.UPSTREAM_UNAVAILABLE,
                        "Too many calls to Snowflake are under way. Try again later.",
                        full);
            case CallNotPermittedException open ->
                with(
                        GatewayErrorCode.UPSTREAM_UNAVAILABLE,
                        "Snowflake has failed too often and is not called for some seconds. Try again later.",
                        open);
            case TimeoutException late -> timeout(late);
            case java.util.concurrent.TimeoutException late -> timeout(late);
            case Exception any ->
                with(
                        GatewayErrorCode.UPSTREAM_UNAVAILABLE,
                        "Snowflake cannot be reached or broke the connection.",
                        any);
            case Throwable error -> error;
        };
    }

    static GatewayException notUnderstood(String what) {
        return new GatewayException(
                GatewayErrorCode.UPSTREAM_REPLY_NOT_UNDERSTOOD, "Snowflake's reply was not understood: " + what + ".");
    }

    static GatewayException sessionGone() {
        return new GatewayException(
                GatewayErrorCode.SESSION_GONE, "Snowflake has ended the session behind this one. Log in again.");
    }

    static GatewayException unavailable(int status) {
        return new GatewayException(
                GatewayErrorCode.UPSTREAM_UNAVAILABLE,
                "Snowflake does not accept requests at the moment (status " + status + "). Try again later.");
    }

    private static GatewayException timeout(Exception late) {
        return with(GatewayErrorCode.UPSTREAM_TIMEOUT, "Snowflake did not answer in time.", late);
    }

    private static GatewayException with(GatewayErrorCode code, String message, Throwable cause) {
        return new GatewayException(code, message, Optional.empty(), cause);
    }
}

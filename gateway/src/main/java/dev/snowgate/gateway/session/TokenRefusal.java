package dev.snowgate.gateway.session;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The words with which a token is refused: what is wrong, never a part of the token. */
final class TokenRefusal {
    private TokenRefusal() {}

    static GatewayException because(String what) {
        return because(what, null);
    }

    static GatewayException because(String what, @Nullable Throwable cause) {
        return new GatewayException(
                GatewayErrorCode.AUTHENTICATION_FAILED,
                "The identity token was refused: " + what + ".",
                Optional.empty(),
                cause);
    }

    static GatewayException expired() {
        return new GatewayException(
                GatewayErrorCode.SESSION_TOKEN_EXPIRED,
                "The session token has expired. Renew it with the master token.");
    }

    static GatewayException gone() {
        return new GatewayException(GatewayErrorCode.SESSION_GONE, "The session no longer exists. Log in again.");
    }

    static GatewayException unknown() {
        return new GatewayException(
                GatewayErrorCode.AUTHENTICATION_FAILED, "The session token is not known here. Log in again.");
    }

    static GatewayException master() {
        return new GatewayException(
                GatewayErrorCode.MASTER_TOKEN_INVALID, "The master token is not valid. Log in again.");
    }

    static GatewayException suspended() {
        return new GatewayException(
                GatewayErrorCode.AGENT_SUSPENDED,
                "This agent is suspended. Nothing runs until an administrator resumes it.");
    }
}

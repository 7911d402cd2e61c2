package dev.snowgate.gateway.snowflake;

/** What a request shows to prove who sends it. */
public sealed interface Credentials {
    /** Nothing, or nothing that we know. */
    record None() implements Credentials {}

    /** A gateway token of a driver's session. */
    record SessionToken(String token) implements Credentials {
        @Override
        public String toString() {
            return "SessionToken[]";
        }
    }

    /** An identity provider's token, {@code type} as the client names it ({@code OAUTH} where it does not). */
    record Bearer(String token, String type) implements Credentials {
        @Override
        public String toString() {
            return "Bearer[" + type + "]";
        }
    }
}

package dev.snowgate.gateway.snowflake.result;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest of the recording. */
final class Sha256 {
    private Sha256() {}

    static MessageDigest create() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}

package dev.snowgate.gateway.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** One version of a session's tokens, in clear: exists only on the way to the agent, or sealed. */
record TokenPair(String sessionToken, String masterToken) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** 256 random bits each; the prefix lets secret scanners find a leaked one. */
    static TokenPair random() {
        return new TokenPair("sgs_" + secret(), "sgm_" + secret());
    }

    byte[] sessionHash() {
        return hash(sessionToken);
    }

    byte[] masterHash() {
        return hash(masterToken);
    }

    /** What is stored of a token. */
    static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    private static String secret() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "TokenPair[***]";
    }
}

package dev.snowgate.emulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;

/** RSA keys and the key-pair tokens that drivers make of them. */
public final class KeyPairs {
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private KeyPairs() {}

    public static KeyPair generate() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    /** The public key as a user's configuration has it. */
    public static String publicText(KeyPair pair) {
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    /** A token for ACCOUNT.USER that is valid until a moment. */
    public static String token(KeyPair pair, String account, String user, Instant expires)
            throws GeneralSecurityException {
        String fingerprint = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256")
                        .digest(pair.getPublic().getEncoded()));
        String subject = account + "." + user;
        String claims = "{\"iss\":\"" + subject + ".SHA256:" + fingerprint + "\",\"sub\":\"" + subject + "\",\"iat\":"
                + (expires.getEpochSecond() - 60) + ",\"exp\":" + expires.getEpochSecond() + "}";
        String head = encode("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + encode(claims);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.update(head.getBytes(StandardCharsets.US_ASCII));
        return head + "." + URL.encodeToString(signature.sign());
    }

    private static String encode(String json) {
        return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}

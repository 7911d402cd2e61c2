package dev.snowgate.emulator.storage;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Makes and checks URLs that are good for one path until a moment. */
public final class SignedUrls {
    private final byte[] secret = new byte[32];
    private final Clock clock;
    private final Duration lifetime;

    public SignedUrls(Clock clock, Duration lifetime) {
        this.clock = clock;
        this.lifetime = lifetime;
        new SecureRandom().nextBytes(secret);
    }

    /** What a check says. */
    enum Verdict {
        GOOD,
        EXPIRED,
        FORGED
    }

    public String sign(URI storage, String queryId, int chunk) {
        String path = "/results/" + queryId + "/" + chunk;
        long expires = clock.instant().plus(lifetime).toEpochMilli();
        return storage + path + "?X-Amz-Algorithm=AWS4-HMAC-SHA256&Expires=" + expires + "&Signature="
                + mac(path, expires);
    }

    Verdict check(String path, @Nullable String expires, @Nullable String signature) {
        if (expires == null || signature == null || !expires.matches("\\d{1,15}")) {
            return Verdict.FORGED;
        }
        long until = Long.parseLong(expires);
        byte[] expected = mac(path, until).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.US_ASCII))) {
            return Verdict.FORGED;
        }
        return until < clock.millis() ? Verdict.EXPIRED : Verdict.GOOD;
    }

    private String mac(String path, long expires) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal((path + "|" + expires).getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
        }
    }
}

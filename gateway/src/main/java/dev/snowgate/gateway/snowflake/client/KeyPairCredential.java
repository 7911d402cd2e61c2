package dev.snowgate.gateway.snowflake.client;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A Snowflake user with its private key: makes the short-lived tokens that prove possession of the key. */
final class KeyPairCredential {
    private static final Duration LIFE = Duration.ofSeconds(60);
    private static final Duration REUSED = Duration.ofSeconds(30);
    private final PrivateKeyFile key;
    private final String subject;
    private final String user;
    private final Clock clock;
    private volatile @Nullable Signed last;

    KeyPairCredential(PrivateKeyFile key, String account, String user, Clock clock) {
        this.key = key;
        this.user = user;
        this.subject = accountLocator(account) + "." + user.toUpperCase(Locale.ROOT);
        this.clock = clock;
    }

    String user() {
        return user;
    }

    /** A token good for 30 to 60 seconds. */
    String token() {
        Instant now = clock.instant();
        Signed known = last;
        if (known != null && now.isBefore(known.at().plus(REUSED)) && !now.isBefore(known.at())) {
            return known.token();
        }
        Signed fresh = new Signed(sign(now), now);
        last = fresh;
        return fresh.token();
    }

    private String sign(Instant now) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(subject + ".SHA256:" + fingerprint(key.publicKeyBytes()))
                .subject(subject)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .build();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .build(),
                claims);
        try {
            token.sign(new RSASSASigner(key.privateKey()));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("the upstream key cannot sign", e);
        }
    }

    /** The account as Snowflake expects it in the token: without region, upper case. */
    static String accountLocator(String account) {
        int dot = account.indexOf('.');
        String locator = dot < 0 ? account : account.substring(0, dot);
        if (dot >= 0 && account.substring(dot).toLowerCase(Locale.ROOT).contains(".global")) {
            int dash = locator.indexOf('-');
            locator = dash > 0 ? locator.substring(0, dash) : locator;
        }
        return locator.toUpperCase(Locale.ROOT);
    }

    private static String fingerprint(byte[] publicKey) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(publicKey));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    @Override
    public String toString() {
        return "KeyPairCredential[" + user + "]";
    }

    private record Signed(String token, Instant at) {
        @Override
        public String toString() {
            return "Signed[***]";
        }
    }
}

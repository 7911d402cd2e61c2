package dev.snowgate.sealing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key of one session's values. Safe for use by several threads; shows nothing of itself. */
public final class DataKey {
    private final byte[] secret;

    DataKey(byte[] secret) {
        if (secret.length != AesGcm.KEY_BYTES) {
            throw new SealingException("a data key has 32 bytes");
        }
        this.secret = secret.clone();
    }

    /** A new, random key. */
    public static DataKey create() {
        return new DataKey(AesGcm.randomKey());
    }

    /** Encrypts a value for its place. */
    public byte[] seal(byte[] plain, Place place) {
        return AesGcm.seal(secret, plain, place.bytes());
    }

    /** Encrypts a text for its place. */
    public byte[] seal(String plain, Place place) {
        return seal(plain.getBytes(StandardCharsets.UTF_8), place);
    }

    /**
     * Decrypts a value at its place.
     *
     * @throws SealingException if key, place or value differ from those that were sealed
     */
    public byte[] open(byte[] sealed, Place place) {
        return AesGcm.open(secret, sealed, place.bytes());
    }

    /** Decrypts a text at its place. */
    public String openText(byte[] sealed, Place place) {
        return new String(open(sealed, place), StandardCharsets.UTF_8);
    }

    /**
     * A fresh digest (HMAC-SHA-256, 32 bytes) under a key derived from this one, for values that are recorded by digest:
     * it proves a value as long as the key exists and cannot be used to guess it afterwards. Feed it as a stream; not
     * for use by several threads.
     */
    public Mac newDigest() {
        try {
            return hmac(hmac(secret).doFinal("snowgate digest key".getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new SealingException("the digest failed", impossible);
        }
    }

    /** The digest of a value that is at hand as a whole. */
    public byte[] digest(byte[] value) {
        return newDigest().doFinal(value);
    }

    byte[] secret() {
        return secret.clone();
    }

    private static Mac hmac(byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DataKey that && java.security.MessageDigest.isEqual(secret, that.secret);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(secret);
    }

    @Override
    public String toString() {
        return "DataKey[***]";
    }
}

package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.model.statement.StatementId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The two secrets of a chunk: a sealed path (statement, number, expiry) and a header value of the same reply. The path alone — from
 * a log, a history, a guess — opens nothing. Nothing is stored per chunk. Thread-safe.
 */
public final class ChunkCapability {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int CONTENT = 28;
    private static final byte[] KIND = "snowgate-chunk-1".getBytes(StandardCharsets.US_ASCII);
    private final SecretKeySpec pathKey;
    private final SecretKeySpec headerKey;
    private final Duration life;
    private final SecureRandom random = new SecureRandom();

    /**
     * With keys derived from one secret that all replicas share.
     *
     * @param secret at least 32 bytes
     * @param life how long a capability is good
     */
    public ChunkCapability(byte[] secret, Duration life) {
        if (secret.length < 32) {
            throw new IllegalArgumentException("the chunk secret has at least 32 bytes");
        }
        this.pathKey = new SecretKeySpec(
                hmac(new SecretKeySpec(secret, "HmacSHA256"), "path".getBytes(StandardCharsets.US_ASCII)), "AES");
        this.headerKey = new SecretKeySpec(
                hmac(new SecretKeySpec(secret, "HmacSHA256"), "header".getBytes(StandardCharsets.US_ASCII)),
                "HmacSHA256");
        this.life = life;
    }

    /** The path segment for a chunk (0-based). */
    public String path(StatementId statement, int chunk, Instant now) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        ByteBuffer content = ByteBuffer.allocate(CONTENT)
                .putLong(statement.value().getMostSignificantBits())
                .putLong(statement.value().getLeastSignificantBits())
                .putInt(chunk)
                .putLong(now.plus(life).toEpochMilli());
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, content.array());
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(NONCE + sealed.length)
                        .put(nonce)
                        .put(sealed)
                        .array());
    }

    /** The header value that all chunks of a statement's reply need. */
    public String header(StatementId statement) {
        return HexFormat.of().formatHex(hmac(headerKey, statement.toString().getBytes(StandardCharsets.US_ASCII)));
    }

    /** What both secrets open; empty for anything forged, expired or not belonging together. */
    public Optional<Chunk> open(String path, String header, Instant now) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(path);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        // One spelling only: unused bits of the last character would otherwise make several paths of one.
        boolean canonical =
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(path);
        if (!canonical || bytes.length != NONCE + CONTENT + TAG_BITS / 8) {
            return Optional.empty();
        }
        byte[] nonce = Arrays.copyOf(bytes, NONCE);
        byte[] sealed = Arrays.copyOfRange(bytes, NONCE, bytes.length);
        ByteBuffer content;
        try {
            content = ByteBuffer.wrap(crypt(Cipher.DECRYPT_MODE, nonce, sealed));
        } catch (IllegalStateException forged) {
            return Optional.empty();
        }
        Chunk chunk = new Chunk(new StatementId(new UUID(content.getLong(), content.getLong())), content.getInt());
        boolean alive = now.toEpochMilli() < content.getLong();
        boolean together = MessageDigest.isEqual(
                header(chunk.statement()).getBytes(StandardCharsets.US_ASCII), header.getBytes(StandardCharsets.UTF_8));
        return alive && together ? Optional.of(chunk) : Optional.empty();
    }

    /** One chunk of one statement, 0-based. */
    public record Chunk(StatementId statement, int number) {}

    private byte[] crypt(int mode, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, pathKey, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(KIND);
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the capability does not open", e);
        }
    }

    private static byte[] hmac(SecretKeySpec key, byte[] input) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is part of every JDK", e);
        }
    }
}

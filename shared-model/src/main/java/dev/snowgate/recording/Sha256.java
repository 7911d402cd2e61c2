package dev.snowgate.recording;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** SHA-256 over a sequence of parts, as PostgreSQL's functions concatenate them. */
final class Sha256 {
    private final MessageDigest digest;

    Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is missing", impossible);
        }
    }

    Sha256 add(byte[] part) {
        digest.update(part);
        return this;
    }

    Sha256 add(long number) {
        return add(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    Sha256 add(int number) {
        return add(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    byte[] finish() {
        return digest.digest();
    }

    static byte[] of(byte[] part) {
        return new Sha256().add(part).finish();
    }

    /** The link before the first one of a chain. */
    static byte[] genesis(UUID id) {
        return new Sha256()
                .add(id.getMostSignificantBits())
                .add(id.getLeastSignificantBits())
                .finish();
    }
}

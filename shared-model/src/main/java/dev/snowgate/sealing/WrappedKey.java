package dev.snowgate.sealing;

import java.util.Arrays;

/**
 * A data key encrypted under a key-encryption key, as the database stores it.
 *
 * @param keyId which key-encryption key wrapped it
 * @param bytes the wrapped key
 */
public record WrappedKey(String keyId, byte[] bytes) {
    public WrappedKey {
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WrappedKey that && keyId.equals(that.keyId) && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return keyId.hashCode() * 31 + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "WrappedKey[" + keyId + "]";
    }
}

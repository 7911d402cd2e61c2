package dev.snowgate.sealing;

import dev.snowgate.model.agent.SessionId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key-encryption keys of an installation. The first one wraps; the others only unwrap, until every data key was
 * wrapped again. There is no default key: without a file there is no ring and the program does not start.
 */
public final class KeyRing {
    private final Map<String, byte[]> keys;
    private final String active;

    private KeyRing(List<byte[]> inOrder) {
        Map<String, byte[]> byId = new LinkedHashMap<>();
        inOrder.forEach(key -> byId.put(idOf(key), key));
        this.keys = byId;
        this.active = idOf(inOrder.getFirst());
    }

    /**
     * Reads the keys: one per line, 32 bytes in base64, the active one first.
     *
     * @throws SealingException if the file is missing, readable by others than its owner, or holds anything else
     */
    public static KeyRing load(Path file) {
        return new KeyRing(KeyFile.read(file));
    }

    /**
     * Writes a new file (mode 0600) with one new key.
     *
     * @throws SealingException if the file exists: a key is never replaced, its data would be lost
     */
    public static KeyRing generate(Path file) {
        List<byte[]> keys = List.of(AesGcm.randomKey());
        KeyFile.create(file, keys);
        return new KeyRing(keys);
    }

    /**
     * Puts a new active key in front of the file's keys. Programs that were started before still read everything that
     * they wrap; restart them, wrap again, and only then remove the old lines.
     */
    public static KeyRing rotate(Path file) {
        List<byte[]> keys = new java.util.ArrayList<>(KeyFile.read(file));
        keys.addFirst(AesGcm.randomKey());
        KeyFile.replace(file, keys);
        return new KeyRing(keys);
    }

    /** Id of the key that wraps. */
    public String activeId() {
        return active;
    }

    /** Wraps a session's data key under the active key, bound to that session. */
    public WrappedKey wrap(DataKey key, SessionId session) {
        return new WrappedKey(active, AesGcm.seal(key(active), key.secret(), bound(session, active)));
    }

    /**
     * Unwraps a session's data key.
     *
     * @throws SealingException if the ring lacks the key, or the wrapped key is not this session's
     */
    public DataKey unwrap(WrappedKey wrapped, SessionId session) {
        return new DataKey(AesGcm.open(key(wrapped.keyId()), wrapped.bytes(), bound(session, wrapped.keyId())));
    }

    /** The same data key under the active key; unchanged if it already is. */
    public WrappedKey rewrap(WrappedKey wrapped, SessionId session) {
        return wrapped.keyId().equals(active) ? wrapped : wrap(unwrap(wrapped, session), session);
    }

    /**
     * A secret for another purpose than wrapping, the same in every program with this key file. It comes from the oldest key, so
     * that a rotation does not change what was derived before; removing that key's line does.
     *
     * @return 32 bytes
     */
    public byte[] derive(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key(oldest()), "HmacSHA256"));
            return mac.doFinal(("snowgate derived key/" + purpose).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new SealingException("HMAC-SHA-256 is missing", impossible);
        }
    }

    private String oldest() {
        return List.copyOf(keys.keySet()).getLast();
    }

    private byte[] key(String id) {
        byte[] key = keys.get(id);
        if (key == null) {
            throw new SealingException("the key " + id + " is not in the key file");
        }
        return key;
    }

    private static byte[] bound(SessionId session, String keyId) {
        return ("data-key/" + session + "/" + keyId).getBytes(StandardCharsets.UTF_8);
    }

    /** Taken from the key itself, so that no file can give the same id to two keys. */
    private static String idOf(byte[] key) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update("snowgate key id".getBytes(StandardCharsets.UTF_8));
            return "k" + HexFormat.of().formatHex(Arrays.copyOf(sha.digest(key), 8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new SealingException("SHA-256 is missing", impossible);
        }
    }

    @Override
    public String toString() {
        return "KeyRing[" + keys.keySet() + "]";
    }
}

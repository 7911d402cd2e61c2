package dev.snowgate.gateway.snowflake.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

/** An RSA private key read from a PEM file. Shows nothing of itself. */
final class PrivateKeyFile {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private final PrivateKey key;
    private final byte[] publicKey;

    private PrivateKeyFile(PrivateKey key, byte[] publicKey) {
        this.key = key;
        this.publicKey = publicKey;
    }

    /** Reads it; the message of a failure names the file and never its content. */
    static PrivateKeyFile read(Path file) {
        try {
            return parse(Files.readString(file), file);
        } catch (IOException e) {
            throw new IllegalArgumentException("the private key file " + file + " cannot be read");
        }
    }

    private static PrivateKeyFile parse(String pem, Path file) {
        int begin = pem.indexOf(BEGIN);
        int end = pem.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(
                    "the private key file " + file + " is not an unencrypted PKCS#8 key in PEM form");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            if (rsa.generatePrivate(new PKCS8EncodedKeySpec(der)) instanceof RSAPrivateCrtKey key
                    && key.getModulus().bitLength() >= 2048) {
                RSAPublicKeySpec spec = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
                return new PrivateKeyFile(key, rsa.generatePublic(spec).getEncoded());
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Falls through: the cause may quote the key.
        }
        throw new IllegalArgumentException("the private key file " + file + " holds no RSA key of at least 2048 bits");
    }

    PrivateKey privateKey() {
        return key;
    }

    byte[] publicKeyBytes() {
        return publicKey.clone();
    }

    @Override
    public String toString() {
        return "PrivateKeyFile[***]";
    }
}

package dev.snowgate.emulator.session;

import dev.snowgate.emulator.EmulatedUser;
import dev.snowgate.emulator.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Verifies key-pair tokens: RS256 only, issuer {@code ACCOUNT.USER.SHA256:fingerprint}, subject
 * {@code ACCOUNT.USER}, not expired, not valid for more than an hour, signed by the user's registered key.
 */
public final class KeyPairTokens {
    private static final long MAX_LIFE_SECONDS = 3660;
    private static final long SKEW_SECONDS = 30;
    private final String account;
    private final Function<String, @Nullable EmulatedUser> users;
    private final Clock clock;
    private final JsonMapper json = JsonMapper.builder().build();

    public KeyPairTokens(String account, Function<String, @Nullable EmulatedUser> users, Clock clock) {
        this.account = account.toUpperCase(Locale.ROOT);
        this.users = users;
        this.clock = clock;
    }

    /** The user who signed the token; {@link Refused} with 390144 in every other case. */
    public EmulatedUser verify(String token) {
        try {
            return verified(token);
        } catch (GeneralSecurityException | JacksonException | IOException | IllegalArgumentException e) {
            throw invalid();
        }
    }

    private EmulatedUser verified(String token) throws GeneralSecurityException, IOException {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            throw invalid();
        }
        JsonNode header = json.readTree(Base64.getUrlDecoder().decode(parts[0]));
        JsonNode claims = json.readTree(Base64.getUrlDecoder().decode(parts[1]));
        String subject = claims.path("sub").asString("").toUpperCase(Locale.ROOT);
        if (!"RS256".equals(header.path("alg").asString("")) || !subject.startsWith(account + ".")) {
            throw invalid();
        }
        EmulatedUser user = users.apply(subject.substring(account.length() + 1));
        PublicKey key = user == null ? null : publicKey(user);
        if (user == null || key == null) {
            throw invalid();
        }
        String issuer = claims.path("iss").asString("");
        int fingerprintAt = issuer.indexOf(".SHA256:");
        if (fingerprintAt < 0
                || !issuer.substring(0, fingerprintAt).equalsIgnoreCase(subject)
                || !issuer.substring(fingerprintAt + 1).equals(fingerprint(key))) {
            throw invalid();
        }
        long now = clock.instant().getEpochSecond();
        long issued = claims.path("iat").asLong(0);
        long expires = claims.path("exp").asLong(0);
        if (expires <= now - SKEW_SECONDS || issued > now + SKEW_SECONDS || expires - issued > MAX_LIFE_SECONDS) {
            throw invalid();
        }
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(key);
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        if (!signature.verify(Base64.getUrlDecoder().decode(parts[2]))) {
            throw invalid();
        }
        return user;
    }

    /** {@code SHA256:} and the base64 digest of the key's DER form, as Snowflake shows it. */
    public static String fingerprint(PublicKey key) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        return "SHA256:" + Base64.getEncoder().encodeToString(digest);
    }

    private static @Nullable PublicKey publicKey(EmulatedUser user) throws GeneralSecurityException, IOException {
        String text = user.publicKey();
        String file = user.publicKeyFile();
        if (text == null && file != null) {
            text = Files.readString(Path.of(file));
        }
        if (text == null || text.isBlank()) {
            return null;
        }
        String base64 = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        return KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }

    private static Refused invalid() {
        return new Refused("390144", "08004", "JWT token is invalid. [" + UUID.randomUUID() + "]");
    }
}

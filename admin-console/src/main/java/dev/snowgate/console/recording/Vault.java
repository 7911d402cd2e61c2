package dev.snowgate.console.recording;

import dev.snowgate.codec.CodecException;
import dev.snowgate.codec.Encoding;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.recording.StatementText;
import dev.snowgate.sealing.DataKey;
import dev.snowgate.sealing.KeyRing;
import dev.snowgate.sealing.Place;
import dev.snowgate.sealing.SealingException;
import dev.snowgate.sealing.WrappedKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Opens sealed values of the recording. What cannot be opened is absent, never guessed. */
@Component
public class Vault {
    private final SessionKeyStore keys;
    private final KeyRing ring;

    Vault(SessionKeyStore keys, KeyRing ring) {
        this.keys = keys;
        this.ring = ring;
    }

    /** The key of a session's values; empty if it was destroyed or this installation lacks the key that wraps it. */
    public Optional<DataKey> key(SessionId session) {
        return keys.find(session).flatMap(wrapped -> unwrap(wrapped, session));
    }

    private Optional<DataKey> unwrap(WrappedKey wrapped, SessionId session) {
        try {
            return Optional.of(ring.unwrap(wrapped, session));
        } catch (SealingException closed) {
            return Optional.empty();
        }
    }

    /** The texts of a statement. */
    public Optional<StatementText> text(SessionId session, StatementId statement, byte @Nullable [] sealed) {
        return sealed == null ? Optional.empty() : key(session).flatMap(key -> text(key, statement, sealed));
    }

    /** The same with a key at hand. */
    Optional<StatementText> text(DataKey key, StatementId statement, byte @Nullable [] sealed) {
        if (sealed == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Encoding.STATEMENT_TEXT.decode(key.open(sealed, Place.ofStatement(statement, "sealed_text"))));
        } catch (SealingException | CodecException closed) {
            return Optional.empty();
        }
    }
}

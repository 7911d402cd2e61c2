package dev.snowgate.recording;

import dev.snowgate.codec.Encoding;
import dev.snowgate.model.recording.SessionEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event with its canonical bytes, its sealed part and the digest over both, ready to be appended by the function
 * {@code append_events} of the database, which alone gives it a sequence number and a link.
 */
public final class EncodedEvent {
    private static final byte[] NOTHING = new byte[0];
    private final SessionEvent event;
    private final byte[] body;
    private final byte @Nullable [] sealed;

    private EncodedEvent(SessionEvent event, byte[] body, byte @Nullable [] sealed) {
        this.event = event;
        this.body = body;
        this.sealed = sealed;
    }

    /** Encodes an event that has no values. */
    public static EncodedEvent of(SessionEvent event) {
        return new EncodedEvent(event, Encoding.EVENT.encode(event), null);
    }

    /** Encodes an event with its values, already sealed with the session's data key. */
    public static EncodedEvent of(SessionEvent event, byte[] sealedValues) {
        return new EncodedEvent(event, Encoding.EVENT.encode(event), sealedValues.clone());
    }

    public SessionEvent event() {
        return event;
    }

    /** The canonical bytes. */
    public byte[] body() {
        return body.clone();
    }

    /** The sealed values, null if there are none. */
    public byte @Nullable [] sealed() {
        return sealed == null ? null : sealed.clone();
    }

    /** {@code sha256(body ‖ sha256(sealed))}, the sealed part being empty if there is none. */
    public byte[] digest() {
        return digest(body, sealed);
    }

    static byte[] digest(byte[] body, byte @Nullable [] sealed) {
        return new Sha256()
                .add(body)
                .add(Sha256.of(sealed == null ? NOTHING : sealed))
                .finish();
    }

    /** The text parameter of {@code append_events}: all events of one session, in order. */
    public static String batch(List<EncodedEvent> events) {
        return dev.snowgate.codec.EventBatch.encode(events);
    }
}

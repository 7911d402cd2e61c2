package dev.snowgate.codec;

import dev.snowgate.recording.EncodedEvent;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Events as the one text parameter of the function {@code append_events}. */
public final class EventBatch {
    private EventBatch() {}

    /** All events of one session, in order; bytes in base64. */
    public static String encode(List<EncodedEvent> events) {
        ArrayNode batch = JsonNodeFactory.instance.arrayNode();
        Base64.Encoder base64 = Base64.getEncoder();
        for (EncodedEvent encoded : events) {
            ObjectNode row = batch.addObject();
            row.put("kind", encoded.event().kind().name());
            row.put("at", encoded.event().at().toString());
            encoded.event().statement().ifPresent(id -> row.put("statement", id.toString()));
            row.put("actor", encoded.event().actor());
            row.put("body", base64.encodeToString(encoded.body()));
            byte[] sealed = encoded.sealed();
            if (sealed != null) {
                row.put("sealed", base64.encodeToString(sealed));
            }
            row.put("digest", base64.encodeToString(encoded.digest()));
        }
        return CanonicalJson.text(batch);
    }
}

package dev.snowgate.gateway.snowflake;

import dev.snowgate.gateway.statement.PageBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Takes a reply as it is written and keeps a page in it aside, so that it is neither inflated nor copied before it leaves. */
final class ReplyEnvelope extends OutputStream {
    private final ByteArrayOutputStream before = new ByteArrayOutputStream(1024);
    private final ByteArrayOutputStream after = new ByteArrayOutputStream(256);
    private @Nullable PageBytes page;

    private ReplyEnvelope() {}

    /** The reply of that tree: held where its rows are many, else encoded. */
    static Reply reply(int status, Map<String, String> headers, ObjectNode tree) {
        ReplyEnvelope envelope = new ReplyEnvelope();
        StrictJson.write(tree, envelope);
        PageBytes page = envelope.page;
        return page == null
                ? new EncodedReply(status, headers, envelope.before.toByteArray())
                : new HeldReply(status, headers, envelope.before.toByteArray(), page, envelope.after.toByteArray());
    }

    /** The next value, which is kept as bytes. */
    void hold(HeldValue value) throws IOException {
        PageBytes whole = value.page().filter(PageBytes::isDeflated).orElse(null);
        if (page == null && whole != null) {
            page = whole;
        } else {
            value.writeTo(this);
        }
    }

    @Override
    public void write(int value) {
        target().write(value);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        target().write(bytes, from, length);
    }

    private ByteArrayOutputStream target() {
        return page == null ? before : after;
    }
}

package dev.snowgate.gateway.recording;

import dev.snowgate.codec.Encoding;
import dev.snowgate.gateway.statement.Bindings;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.gateway.statement.StoredText;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a request holds beside its text, and how it lies in the column {@code sealed_bindings} before it is sealed: four bytes
 * length, these fields in canonical JSON, then the bindings as they came. Bindings may be tens of MB, so they are not put into JSON.
 */
record StoredRequest(
        SortedMap<String, String> parameters,
        Optional<Integer> statementCount,
        Optional<Long> timeoutSeconds,
        Optional<Long> rowLimit,
        String queryTag,
        List<String> droppedFields) {
    private static final Encoding<StoredRequest> ENCODING = Encoding.of("stored-request", StoredRequest.class);

    static StoredRequest of(Statement statement) {
        return new StoredRequest(
                new TreeMap<>(statement.parameters()),
                statement.statementCount().isPresent()
                        ? Optional.of(statement.statementCount().getAsInt())
                        : Optional.empty(),
                optional(statement.timeoutSeconds()),
                optional(statement.rowLimit()),
                statement.queryTag(),
                statement.droppedFields());
    }

    byte[] bytes(Bindings bindings) {
        byte[] head = ENCODING.encode(this);
        return ByteBuffer.allocate(Integer.BYTES + head.length + bindings.encoded().length)
                .putInt(head.length)
                .put(head)
                .put(bindings.encoded())
                .array();
    }

    static StoredText text(String text, byte[] request, byte[] bindingsDigest) {
        ByteBuffer buffer = ByteBuffer.wrap(request);
        byte[] head = new byte[buffer.getInt()];
        buffer.get(head);
        byte[] bindings = new byte[buffer.remaining()];
        buffer.get(bindings);
        StoredRequest stored = ENCODING.decode(head);
        return new StoredText(
                text,
                bindings.length == 0 ? Bindings.none() : new Bindings(bindings, bindingsDigest),
                stored.parameters(),
                stored.statementCount().map(OptionalInt::of).orElseGet(OptionalInt::empty),
                stored.timeoutSeconds().map(OptionalLong::of).orElseGet(OptionalLong::empty),
                stored.rowLimit().map(OptionalLong::of).orElseGet(OptionalLong::empty),
                stored.queryTag(),
                stored.droppedFields());
    }

    private static Optional<Long> optional(OptionalLong value) {
        return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
    }

    @Override
    public String toString() {
        return "StoredRequest[" + parameters.keySet() + "]";
    }
}

package dev.snowgate.gateway.snowflake.result;

import java.util.List;
import org.apache.arrow.flatbuf.DictionaryBatch;

/**
 * The order of an Arrow IPC stream: one schema, which must have exactly the columns that the reply announced, then batches whose rows
 * are counted. What becomes of schema and batches is decided by those who extend it.
 */
abstract sealed class ArrowStreamReader implements ArrowFraming.Reader, RowMasker permits ArrowRowMasker, ArrowPage {
    static final long ROWS_NOT_ANNOUNCED = -1;

    private final ArrowFraming framing;
    private final ByteSink joined;
    private final List<String> names;
    private final long announcedRows;
    private boolean schemaSeen;
    private long rows;

    /**
     * @param names the columns that the reply announced
     * @param announcedRows rows that the reply announced, or {@link #ROWS_NOT_ANNOUNCED}
     * @param memory for whole batches
     */
    ArrowStreamReader(List<String> names, long announcedRows, HeldMemory.Share memory) {
        this.framing = new ArrowFraming(this, memory);
        this.joined = new ByteSink(64, ArrowFraming.MOST_BODY, memory, 1);
        this.names = names;
        this.announcedRows = announcedRows;
    }

    /** The schema; its columns were compared. */
    abstract void schema(ArrowMessage message, boolean marked, ByteOutput out);

    /** Whether schema and batches are rewritten or read; otherwise they pass. */
    abstract boolean readsBatches();

    /** Whether the values of a dictionary are wanted; otherwise they pass. Fails if they may not leave as they are. */
    abstract boolean readsDictionary(long id);

    abstract void dictionary(DictionaryBatch values, byte[] body, int length);

    abstract void batch(ArrowMessage message, ArrowBody body, boolean marked, ByteOutput out);

    /** A body as one array, valid until the next call. */
    final ByteSink joined(ArrowBody body) {
        joined.clear();
        body.write(0, body.size(), joined);
        return joined;
    }

    @Override
    public final void feed(byte[] bytes, int offset, int length, ByteOutput out) {
        framing.feed(bytes, offset, length, false, out);
    }

    @Override
    public final void give(byte[] bytes, int offset, int length, ByteOutput out) {
        framing.feed(bytes, offset, length, true, out);
    }

    @Override
    public final boolean wantsBody(ArrowMessage message) {
        return ArrowMessage.checked(() -> {
            if (message.isSchema()) {
                if (schemaSeen || message.bodyLength() != 0) {
                    throw ArrowMessage.damaged();
                }
                schemaSeen = true;
                compare(ArrowField.names(message.schema(), message.texts()));
                return readsBatches();
            }
            if (!schemaSeen) {
                throw new ResultFault("the result does not begin with its schema");
            }
            if (message.isRows()) {
                count(message.batch().length());
                return readsBatches();
            }
            if (!message.isDictionary()) {
                throw new ResultFault("the result has a part of a kind that is not understood");
            }
            return readsDictionary(message.dictionary().id());
        });
    }

    private void compare(List<String> found) {
        if (found.size() != names.size()) {
            throw new ResultFault(
                    "a part of the result has " + found.size() + " columns where " + names.size() + " were announced");
        }
        for (int i = 0; i < names.size(); i++) {
            if (!found.get(i).equals(names.get(i))) {
                throw new ResultFault("column " + (i + 1) + " of a part of the result has another name than announced");
            }
        }
    }

    private void count(long more) {
        if (more < 0 || announcedRows >= 0 && rows + more > announcedRows) {
            throw new ResultFault("a part of the result has more rows than announced");
        }
        rows += more;
    }

    @Override
    public final void whole(ArrowMessage message, ArrowBody body, boolean marked, ByteOutput out) {
        ArrowMessage.checked(() -> {
            if (message.isSchema()) {
                schema(message, marked, out);
            } else if (message.isDictionary()) {
                ByteSink values = joined(body);
                dictionary(message.dictionary(), values.array(), values.size());
            } else {
                batch(message, body, marked, out);
            }
            return rows;
        });
    }

    @Override
    public void finish() {
        // Without an end mark only the number of rows tells that nothing is missing.
        boolean whole = framing.ended() || framing.betweenMessages() && rows == announcedRows;
        if (!whole || !schemaSeen) {
            throw new ResultFault("the rows of the result end in the middle");
        }
        if (announcedRows >= 0 && rows != announcedRows) {
            throw new ResultFault("a part of the result has fewer rows than announced");
        }
    }

    @Override
    public final long rows() {
        return rows;
    }
}

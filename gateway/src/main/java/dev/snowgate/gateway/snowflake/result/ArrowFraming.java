package dev.snowgate.gateway.snowflake.result;

/**
 * Cuts an Arrow IPC stream into its messages, fed in pieces. Memory grows with bytes that came, never with a length that was only
 * claimed. Both framings are read: with and, as writers before 2019, without the mark before the length. Not thread-safe.
 */
final class ArrowFraming {
    /** Metadata of some ten thousand columns. */
    static final int MOST_METADATA = 16 * 1024 * 1024;

    /** Snowflake's batches are a few MB; a single text value can be 128 MB. */
    static final int MOST_BODY = 256 * 1024 * 1024;

    private static final int MARK = -1;

    /** What becomes of the messages. */
    interface Reader {
        /** Whether the body is wanted as a whole; otherwise message and body pass as they are. */
        boolean wantsBody(ArrowMessage message);

        /**
         * A message whose body was wanted; whatever is to leave is added.
         *
         * @param body valid during the call
         * @param marked whether the message had the mark
         */
        void whole(ArrowMessage message, ArrowBody body, boolean marked, ByteOutput out);
    }

    private enum State {
        MARK,
        LENGTH,
        METADATA,
        BODY,
        PASSING,
        ENDED
    }

    private final Reader reader;
    private final ByteSink prefix = new ByteSink(8, 8);
    private final ByteSink metadata = new ByteSink(1024, MOST_METADATA);
    private final ArrowBody body;
    private State state = State.MARK;
    private boolean marked;
    private int metadataLength;
    private long left;
    private ArrowMessage message = ArrowMessage.NONE;

    ArrowFraming(Reader reader) {
        this(reader, HeldMemory.UNLIMITED.share());
    }

    /** One that takes the memory for the bodies that are wanted from there. */
    ArrowFraming(Reader reader, HeldMemory.Share memory) {
        this.reader = reader;
        this.body = new ArrowBody(memory);
    }

    /**
     * Takes the next piece.
     *
     * @param given whether nobody changes these bytes any more
     */
    void feed(byte[] bytes, int offset, int length, boolean given, ByteOutput out) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            at += switch (state) {
                case MARK, LENGTH -> prefix(bytes, at, end, out);
                case METADATA -> metadata(bytes, at, end, out);
                case BODY -> body(bytes, at, end, given, out);
                case PASSING -> pass(bytes, at, end, out);
                case ENDED -> throw new ResultFault("bytes follow the end of the result");
            };
        }
    }

    /** Whether the end mark came. */
    boolean ended() {
        return state == State.ENDED;
    }

    /** Whether the input stands between two messages, where a stream without an end mark may end. */
    boolean betweenMessages() {
        return state == State.MARK && prefix.size() == 0;
    }

    private int prefix(byte[] bytes, int at, int end, ByteOutput out) {
        int wanted = state == State.MARK ? 4 : 8;
        int count = Math.min(end - at, wanted - prefix.size());
        prefix.add(bytes, at, count);
        if (prefix.size() < wanted) {
            return count;
        }
        int word = LittleEndian.intAt(prefix.array(), wanted - 4);
        if (state == State.MARK && word == MARK) {
            state = State.LENGTH;
            return count;
        }
        marked = state == State.LENGTH;
        begin(word, out);
        return count;
    }

    private void begin(int length, ByteOutput out) {
        if (length == 0) {
            out.add(prefix.array(), 0, prefix.size());
            prefix.clear();
            state = State.ENDED;
            return;
        }
        if (length < 0 || length > MOST_METADATA) {
            throw ArrowMessage.damaged();
        }
        metadataLength = length;
        metadata.clear();
        state = State.METADATA;
    }

    private int metadata(byte[] bytes, int at, int end, ByteOutput out) {
        int count = Math.min(end - at, metadataLength - metadata.size());
        metadata.add(bytes, at, count);
        if (metadata.size() == metadataLength) {
            message = ArrowMessage.of(metadata.copy());
            left = message.bodyLength();
            if (reader.wantsBody(message)) {
                if (left > MOST_BODY) {
                    throw new ResultFault("a batch of the result is larger than " + MOST_BODY + " bytes");
                }
                state = State.BODY;
                endBody(out);
            } else {
                out.add(prefix.array(), 0, prefix.size());
                out.add(metadata.array(), 0, metadata.size());
                state = State.PASSING;
                endPass();
            }
        }
        return count;
    }

    private int body(byte[] bytes, int at, int end, boolean given, ByteOutput out) {
        int count = (int) Math.min(end - at, left);
        if (given) {
            body.keep(bytes, at, count);
        } else {
            body.add(bytes, at, count);
        }
        left -= count;
        endBody(out);
        return count;
    }

    private void endBody(ByteOutput out) {
        if (left == 0) {
            reader.whole(message, body, marked, out);
            body.clear();
            next();
        }
    }

    private int pass(byte[] bytes, int at, int end, ByteOutput out) {
        int count = (int) Math.min(end - at, left);
        out.add(bytes, at, count);
        left -= count;
        endPass();
        return count;
    }

    private void endPass() {
        if (left == 0) {
            next();
        }
    }

    private void next() {
        prefix.clear();
        message = ArrowMessage.NONE;
        state = State.MARK;
    }

    /** Writes a message: mark if it had one, length, metadata filled up to whole words, body. */
    static void write(boolean marked, byte[] metadata, ByteOutput out) {
        int before = marked ? 8 : 4;
        int filled = LittleEndian.wholeWords(before + metadata.length) - before;
        byte[] head = new byte[before];
        if (marked) {
            LittleEndian.putInt(head, 0, MARK);
        }
        LittleEndian.putInt(head, before - 4, filled);
        out.add(head, 0, before);
        out.add(metadata, 0, metadata.length);
        out.add(new byte[8], 0, filled - metadata.length);
    }
}

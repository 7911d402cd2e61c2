package dev.snowgate.emulator.result;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes rows in one wire form to the stream it was made for. Closing ends the form, not the stream. */
interface RowEncoder extends AutoCloseable {
    void add(@Nullable Object[] row) throws IOException;

    /** Bytes so far, before compression; an estimate while rows are batched. */
    long bytes();

    @Override
    void close() throws IOException;
}

package dev.snowgate.gateway.snowflake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Checks that bytes are UTF-8 while they are read, as {@link Utf8} does for those at hand. */
final class Utf8Stream extends FilterInputStream {
    private final Utf8 check = new Utf8();

    Utf8Stream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int count = super.read(bytes, from, length);
        if (count < 0) {
            check.end();
        } else {
            check.take(bytes, from, count);
        }
        return count;
    }

    /** Nothing is skipped unseen. */
    @Override
    public long skip(long count) {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}

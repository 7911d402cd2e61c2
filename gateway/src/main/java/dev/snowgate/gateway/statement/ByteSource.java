package dev.snowgate.gateway.statement;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Bytes that can be read as often as wanted, each time from the beginning, and that need not lie in memory as they are read. Never
 * changes; thread-safe.
 */
public interface ByteSource {
    /** How many bytes are worked on at a time. */
    int STEP = 64 * 1024;

    /** The bytes; to be closed. Reading fails with a {@link GatewayException} where they are damaged or too many. */
    InputStream open();

    /** All of them at once; for what is known to be small. */
    default byte[] bytes() {
        try (InputStream in = open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What lies in memory as it is. */
    static ByteSource of(byte[] bytes) {
        return new ByteSource() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public byte[] bytes() {
                return bytes;
            }
        };
    }
}

package dev.snowgate.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;

/**
 * Reads chunks as drivers do: compression accepted, nothing sent but the reply's headers, 503 tried again after a growing wait.
 * Bytes are counted and dropped, so that inflating costs nothing here.
 */
final class ChunkReader {
    private static final int TRIES = 10;
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);
    private final byte[] buffer = new byte[64 * 1024];
    private final String encoding;

    /** With the value of Accept-Encoding. */
    ChunkReader(String encoding) {
        this.encoding = encoding;
    }

    /**
     * One chunk that was read.
     *
     * @param wireBytes its size as it came
     * @param firstByteNanos from the first try to the first byte of the body
     * @param retries answers of 503 before
     */
    record Read(long wireBytes, long firstByteNanos, int retries) {}

    /** Reads to the end; empty if that comes only after {@code end}, in nanoseconds of the system's timer. */
    Optional<Read> read(String url, Map<String, String> headers, long end) throws IOException {
        long start = System.nanoTime();
        for (int retries = 0; retries < TRIES && System.nanoTime() < end; retries++) {
            HttpURLConnection connection = open(url, headers, encoding);
            int status = connection.getResponseCode();
            if (status == 200) {
                return drain(connection, start, retries, end);
            }
            connection.disconnect();
            if (status != 503) {
                throw new IOException("a chunk was answered with " + status);
            }
            LockSupport.parkNanos(
                    Duration.ofSeconds(Math.min(16, 1L << retries)).toNanos());
        }
        if (System.nanoTime() >= end) {
            return Optional.empty();
        }
        throw new IOException("a chunk was refused " + TRIES + " times");
    }

    private Optional<Read> drain(HttpURLConnection connection, long start, int retries, long end) throws IOException {
        try (InputStream body = connection.getInputStream()) {
            long wire = 0;
            long first = 0;
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                first = wire == 0 ? System.nanoTime() - start : first;
                wire += count;
                if (System.nanoTime() >= end) {
                    connection.disconnect();
                    return Optional.empty();
                }
            }
            return Optional.of(new Read(wire, first, retries));
        }
    }

    /** The first byte of a chunk; the rest stays unread until the stream is closed. */
    InputStream begin(String url, Map<String, String> headers) throws IOException {
        InputStream body = open(url, headers, encoding).getInputStream();
        if (body.read() < 0) {
            throw new IOException("a chunk is empty");
        }
        return body;
    }

    /** The whole chunk, inflated. */
    static byte[] whole(String url, Map<String, String> headers) throws IOException {
        HttpURLConnection connection = open(url, headers, "gzip");
        try (InputStream body = connection.getInputStream()) {
            byte[] bytes = body.readAllBytes();
            return "gzip".equals(connection.getContentEncoding())
                    ? new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes()
                    : bytes;
        }
    }

    private static HttpURLConnection open(String url, Map<String, String> headers, String encoding) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setReadTimeout((int) READ_TIMEOUT.toMillis());
        connection.setRequestProperty("Accept-Encoding", encoding);
        headers.forEach(connection::setRequestProperty);
        return connection;
    }
}

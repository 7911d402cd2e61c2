package dev.snowgate.gateway;

import io.netty.channel.ChannelOption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.netty.DisposableServer;
import reactor.netty.NettyOutbound;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Storage that makes a large gzip chunk or partition while it is read and counts what it made. Rows hold random text, because a chunk that
 * compresses to nothing would fit into the buffers of the sockets.
 */
final class GeneratedChunk implements AutoCloseable {
    private static final int ROWS_PER_PIECE = 200;
    private static final int POOL = 1 << 20;
    private static final int FILLER = 300;
    private static final String COLUMN = """
        {"name":"%s","database":"","schema":"","table":"","type":"%s","nullable":true}""";
    private static final String REPLY_HEAD = "{\"resultSetMetaData\":{\"format\":\"jsonv2\",\"rowType\":["
            + COLUMN.formatted("ID", "fixed") + "," + COLUMN.formatted("EMAIL", "text") + ","
            + COLUMN.formatted("TEXT", "text") + "]},\"data\":[";
    private static final String REPLY_TAIL = "],\"code\":\"090001\",\"message\":\"done\",\"sqlState\":\"00000\","
            + "\"statementHandle\":\"01b00000-0000-0000-0000-000000000001\"}";

    private final long rows;
    private final byte[] pool;
    private final AtomicLong sentBytes = new AtomicLong();
    private final AtomicLong plainBytes = new AtomicLong();
    private final DisposableServer server;

    GeneratedChunk(long rows) {
        this(rows, POOL);
    }

    /**
     * @param pool bytes that its texts are taken from: few are soon repeated and compress well
     */
    GeneratedChunk(long rows, int pool) {
        this.rows = rows;
        byte[] random = new byte[pool];
        new Random(7).nextBytes(random);
        this.pool = Base64.getEncoder().encode(random);
        this.server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                // Small, so that what is made ahead is what the gateway read, and not what the system keeps.
                .childOption(ChannelOption.SO_SNDBUF, 128 * 1024)
                .route(routes -> routes.get("/chunk", (request, response) -> sent(response, "", ""))
                        .get("/part", (request, response) -> sent(response, "{\"data\":[", "]}"))
                        .get("/reply", (request, response) -> sent(response, REPLY_HEAD, REPLY_TAIL)))
                .bindNow();
    }

    int port() {
        return server.port();
    }

    /** Compressed bytes made since the last {@link #forget}. */
    long sentBytes() {
        return sentBytes.get();
    }

    long plainBytes() {
        return plainBytes.get();
    }

    void forget() {
        sentBytes.set(0);
        plainBytes.set(0);
    }

    private NettyOutbound sent(HttpServerResponse response, String before, String after) {
        return response.header("Content-Encoding", "gzip")
                .sendByteArray(Flux.generate(() -> new Writer(before, after), Writer::next));
    }

    @Override
    public void close() {
        server.disposeNow();
    }

    /** The state of one transfer. */
    private final class Writer {
        private final ByteArrayOutputStream target = new ByteArrayOutputStream();
        private final GZIPOutputStream gzip;
        private final String before;
        private final String after;
        private long row;

        Writer(String before, String after) {
            this.before = before;
            this.after = after;
            try {
                gzip = new GZIPOutputStream(target, 64 * 1024) {
                    {
                        def.setLevel(Deflater.BEST_SPEED);
                    }
                };
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Writer next(SynchronousSink<byte[]> sink) {
            if (row == rows) {
                sink.complete();
                return this;
            }
            byte[] piece = new byte[0];
            while (piece.length == 0 && row < rows) {
                piece = more();
            }
            sentBytes.addAndGet(piece.length);
            sink.next(piece);
            return this;
        }

        /** Empty while the compression keeps what it was given. */
        private byte[] more() {
            try {
                long end = Math.min(rows, row + ROWS_PER_PIECE);
                ByteArrayOutputStream plain = new ByteArrayOutputStream();
                for (; row < end; row++) {
                    plain.writeBytes(((row == 0 ? before : ",") + "[\"" + row + "\",\"user" + row + "@example.com\",\"")
                            .getBytes(StandardCharsets.US_ASCII));
                    plain.write(pool, (int) (row * 7_919 % (pool.length - FILLER)), FILLER);
                    plain.writeBytes("\"]".getBytes(StandardCharsets.US_ASCII));
                }
                if (row == rows) {
                    plain.writeBytes(after.getBytes(StandardCharsets.US_ASCII));
                }
                gzip.write(plain.toByteArray());
                plainBytes.addAndGet(plain.size());
                if (row == rows) {
                    gzip.finish();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            byte[] piece = target.toByteArray();
            target.reset();
            return piece;
        }
    }
}

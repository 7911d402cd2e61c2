package dev.snowgate.gateway.snowflake.result;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Semaphore;

/**
 * Copies a stream from one loopback socket to another, as whatever stands between a storage and a client must at least. What is fed and what is
 * drained is work of other threads.
 */
final class SocketRelay implements AutoCloseable {
    private static final int PIECE = 64 * 1024;
    private final byte[] stream;
    private final Semaphore wanted = new Semaphore(0);
    private final Socket[] from = pair();
    private final Socket[] to = pair();
    private final byte[] buffer = new byte[PIECE];

    SocketRelay(byte[] stream) throws IOException {
        this.stream = stream;
        start(this::feed);
        start(this::drain);
    }

    private static Socket[] pair() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Socket near = new Socket(server.getInetAddress(), server.getLocalPort());
            return new Socket[] {near, server.accept()};
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void start(Work work) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException closed) {
                // the relay is over
            }
        });
    }

    private void feed() throws IOException, InterruptedException {
        OutputStream out = from[0].getOutputStream();
        while (true) {
            wanted.acquire();
            out.write(stream);
        }
    }

    private void drain() throws IOException {
        to[1].getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    /** Relays the whole stream once; how many bytes. */
    long copy() {
        wanted.release();
        long copied = 0;
        try {
            InputStream in = from[1].getInputStream();
            OutputStream out = to[0].getOutputStream();
            while (copied < stream.length) {
                int count = in.read(buffer);
                out.write(buffer, 0, count);
                copied += count;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copied;
    }

    @Override
    public void close() throws IOException {
        for (Socket[] pair : new Socket[][] {from, to}) {
            pair[0].close();
            pair[1].close();
        }
    }
}

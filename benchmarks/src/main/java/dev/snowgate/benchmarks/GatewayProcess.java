package dev.snowgate.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A gateway in a process of its own, so that its memory and its threads are its own. */
final class GatewayProcess implements AutoCloseable {
    private final Process process;
    private final URI url;
    private final URI probe;

    private GatewayProcess(Process process, URI url, URI probe) {
        this.process = process;
        this.url = url;
        this.probe = probe;
    }

    /**
     * Starts one and waits until it serves, at most two minutes.
     *
     * @param options of its JVM
     * @param settings of the gateway; port and public origin are found here
     */
    static GatewayProcess start(List<String> options, Map<String, String> settings) throws IOException {
        int port = freePort();
        URI url = URI.create("http://127.0.0.1:" + port);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlogging.level.root=error",
                "-cp",
                System.getProperty("java.class.path"),
                MeasuredGateway.class.getName(),
                "--server.port=" + port,
                "--snowgate.public-origin=" + url));
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return new GatewayProcess(process, url, URI.create("http://127.0.0.1:" + awaitProbe(process)));
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static int awaitProbe(Process process) throws IOException {
        CompletableFuture<Integer> port = CompletableFuture.supplyAsync(() -> readProbe(process));
        try {
            return port.get(120, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the gateway did not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static int readProbe(Process process) {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("probe=")) {
                    return Integer.parseInt(line.substring(line.indexOf('=') + 1));
                }
                System.err.println(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("the gateway ended with its start");
    }

    URI url() {
        return url;
    }

    /** Peaks since {@link #reset}. */
    MemoryReading reading() {
        return read("/reading");
    }

    void reset() {
        read("/reset");
    }

    /** Collects garbage in it, then reads. */
    MemoryReading collect() {
        return read("/collect");
    }

    private MemoryReading read(String path) {
        try (InputStream body = probe.resolve(path).toURL().openStream()) {
            return MemoryReading.of(new String(body.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("the gateway has ended", e);
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

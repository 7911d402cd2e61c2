package dev.snowgate.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** The ports of the demo on the loopback interface. */
record Ports(int gateway, int console, int identity, int emulator, int storage, int postgres) {
    static final int DEFAULT_BASE = 8470;

    /** Six ports from a base on; fails with what to do if one is taken. */
    static Ports from(int base) {
        Ports ports = new Ports(base, base + 1, base + 2, base + 3, base + 4, base + 5);
        List<Integer> taken = ports.all().stream().filter(port -> !isFree(port)).toList();
        if (!taken.isEmpty()) {
            throw new DemoException(
                    "Port " + taken.getFirst() + " is taken, so the demo did not start. Choose others with"
                            + " --port-base, for example: ./snowgate demo --port-base " + (base + 100));
        }
        return ports;
    }

    /** Six ports that are free now. */
    static Ports free() {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Integer> ports =
                    sockets.stream().map(ServerSocket::getLocalPort).toList();
            return new Ports(ports.get(0), ports.get(1), ports.get(2), ports.get(3), ports.get(4), ports.get(5));
        } catch (IOException e) {
            throw new DemoException("no free ports on this machine", e);
        } finally {
            sockets.forEach(Ports::close);
        }
    }

    private List<Integer> all() {
        return List.of(gateway, console, identity, emulator, storage, postgres);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new DemoException("a socket cannot be closed", e);
        }
    }

    String gatewayUrl() {
        return "http://127.0.0.1:" + gateway;
    }

    /** Another host name than the provider's, because cookies do not tell ports apart. */
    String consoleUrl() {
        return "http://localhost:" + console;
    }

    String identityUrl() {
        return "http://127.0.0.1:" + identity;
    }

    String emulatorUrl() {
        return "http://127.0.0.1:" + emulator;
    }
}

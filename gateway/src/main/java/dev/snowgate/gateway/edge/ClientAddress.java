package dev.snowgate.gateway.edge;

import dev.snowgate.model.network.Addresses;
import dev.snowgate.model.network.Network;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * From where a request came. What {@code X-Forwarded-For} claims is believed only from proxies that the configuration names,
 * and of it only what they themselves have seen: the last address that is not one of theirs.
 */
final class ClientAddress {
    static final String UNKNOWN = "unknown";
    private static final String HEADER = "X-Forwarded-For";

    private ClientAddress() {}

    /** The address as text, or {@link #UNKNOWN}, which is none. */
    static String of(ServerHttpRequest request, List<Network> proxies) {
        return of(peer(request.getRemoteAddress()), request.getHeaders().getValuesAsList(HEADER), proxies);
    }

    static String of(Optional<InetAddress> peer, List<String> forwarded, List<Network> proxies) {
        if (peer.isEmpty()) {
            return UNKNOWN;
        }
        if (!isProxy(peer.get(), proxies)) {
            return peer.get().getHostAddress();
        }
        for (String hop : forwarded.reversed()) {
            Optional<InetAddress> address = Addresses.parse(hop.strip());
            if (address.isEmpty()) {
                return UNKNOWN;
            }
            if (!isProxy(address.get(), proxies)) {
                return address.get().getHostAddress();
            }
        }
        return UNKNOWN;
    }

    private static Optional<InetAddress> peer(@Nullable InetSocketAddress socket) {
        return socket == null ? Optional.empty() : Optional.ofNullable(socket.getAddress());
    }

    private static boolean isProxy(InetAddress address, List<Network> proxies) {
        return proxies.stream().anyMatch(proxy -> proxy.contains(address));
    }
}

package dev.snowgate.gateway.snowflake.client;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where chunks may be fetched from. A URL comes from Snowflake's reply, but a reply that was forged must not make the gateway
 * call into its own network.
 */
final class StorageHosts {
    private final Set<String> exact;
    private final List<String> suffixes;

    StorageHosts(List<String> allowed) {
        List<String> lower = allowed.stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .toList();
        this.exact = lower.stream().filter(host -> !host.startsWith("*.")).collect(Collectors.toUnmodifiableSet());
        this.suffixes = lower.stream()
                .filter(host -> host.startsWith("*."))
                .map(host -> host.substring(1))
                .toList();
        if (suffixes.stream().anyMatch(suffix -> suffix.indexOf('.', 1) < 0)) {
            throw new IllegalArgumentException(
                    "'snowgate.upstream.storage.allowed-hosts' must not open a whole top-level domain");
        }
    }

    /** Whether a chunk may come from there: https and a listed host, or a host that is listed exactly. */
    boolean allows(URI url) {
        String host = url.getHost();
        if (host == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            return false;
        }
        return namedExactly(url)
                ? "https".equals(url.getScheme()) || "http".equals(url.getScheme())
                : "https".equals(url.getScheme()) && standardPort(url) && underSuffix(host.toLowerCase(Locale.ROOT));
    }

    /** Whether the address that the host's name led to may be called. */
    boolean allows(URI url, InetAddress address) {
        return namedExactly(url) || !isInternal(address);
    }

    private boolean namedExactly(URI url) {
        String host = url.getHost().toLowerCase(Locale.ROOT);
        return exact.contains(host + ":" + url.getPort()) || (standardPort(url) && exact.contains(host));
    }

    private boolean underSuffix(String host) {
        return !isLiteral(host)
                && suffixes.stream().anyMatch(suffix -> host.endsWith(suffix) && host.length() > suffix.length());
    }

    private static boolean standardPort(URI url) {
        return url.getPort() == -1 || url.getPort() == ("https".equals(url.getScheme()) ? 443 : 80);
    }

    private static boolean isLiteral(String host) {
        return host.startsWith("[") || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    /** Loopback, private, link-local (cloud metadata), shared, multicast and unique-local addresses. */
    static boolean isInternal(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean shared = bytes.length == 4 && (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        return address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || shared
                || uniqueLocal;
    }
}

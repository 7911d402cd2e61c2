package dev.snowgate.model.network;

import java.net.InetAddress;
import java.util.Optional;

/** Addresses written as text. */
public final class Addresses {
    private static final int LONGEST = 45;

    private Addresses() {}

    /**
     * The address that the text spells out: IPv4 with four parts, or IPv6 without a zone. Anything else, names above all,
     * is no address: no name server is ever asked.
     */
    public static Optional<InetAddress> parse(String text) {
        boolean four = text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
        if (text.length() > LONGEST || !four && (text.indexOf(':') < 0 || !text.matches("[0-9a-fA-F:.]+"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

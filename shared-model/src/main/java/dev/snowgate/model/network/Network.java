package dev.snowgate.model.network;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * A block of addresses, such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}; one address is a block of its own.
 *
 * @param address its first address, 4 or 16 bytes
 * @param prefix how many bits are those of the block
 */
public record Network(byte[] address, int prefix) {
    /** The block of that text; empty if it is none, or if bits are set behind its prefix. Never asks a name server. */
    public static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> base = Addresses.parse(slash < 0 ? text : text.substring(0, slash));
        if (base.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = base.get().getAddress();
        int most = bytes.length * Byte.SIZE;
        String length = slash < 0 ? String.valueOf(most) : text.substring(slash + 1);
        if (!length.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(length) > most) {
            return Optional.empty();
        }
        Network network = new Network(bytes, Integer.parseInt(length));
        return network.isBlock() ? Optional.of(network) : Optional.empty();
    }

    /** Whether the address lies in the block; one of the other version never does. */
    public boolean contains(InetAddress other) {
        byte[] bytes = other.getAddress();
        return bytes.length == address.length && firstDifference(bytes) >= prefix;
    }

    /** {@code 10.1.2.3/8} is mostly a typing mistake: it would mean more than it shows. */
    private boolean isBlock() {
        for (int bit = prefix; bit < address.length * Byte.SIZE; bit++) {
            if ((address[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Network n && prefix == n.prefix && Arrays.equals(address, n.address);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(address) * 31 + prefix;
    }

    private int firstDifference(byte[] other) {
        for (int i = 0; i < address.length; i++) {
            int difference = (address[i] ^ other[i]) & 0xff;
            if (difference != 0) {
                return i * Byte.SIZE + Integer.numberOfLeadingZeros(difference) - (Integer.SIZE - Byte.SIZE);
            }
        }
        return address.length * Byte.SIZE;
    }
}

package dev.snowgate.policy;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a request beside its text and its session's context.
 *
 * @param clientAddress the address that the request came from; empty where it is not known, which no allowance for a
 *     network fits and every restriction of one does
 * @param readProtected categories of protected columns that statements of the session have read before
 * @param bound the values bound to the request
 */
public record RequestFacts(Optional<InetAddress> clientAddress, Set<String> readProtected, BoundValues bound) {
    /** Nothing is known, nothing was read, nothing is bound. */
    public static final RequestFacts NONE = new RequestFacts(Optional.empty(), Set.of(), BoundValues.NONE);

    public RequestFacts {
        readProtected = Set.copyOf(readProtected);
    }
}

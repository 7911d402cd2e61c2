package dev.snowgate.gateway.edge;

import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/** What a client says of the compression that it takes. */
final class AcceptedEncoding {
    private AcceptedEncoding() {}

    /** Whether {@code Accept-Encoding} takes gzip; a client that says nothing takes none. */
    static boolean isGzip(HttpHeaders headers) {
        return headers.getOrEmpty(HttpHeaders.ACCEPT_ENCODING).stream()
                .flatMap(value -> Stream.of(value.toLowerCase(Locale.ROOT).split(",", -1)))
                .anyMatch(AcceptedEncoding::isGzip);
    }

    /** Named, and not with the weight of zero, which refuses it. */
    private static boolean isGzip(String coding) {
        String[] parts = coding.strip().split("\\s*;\\s*", -1);
        boolean named = parts[0].equals("gzip") || parts[0].equals("x-gzip") || parts[0].equals("*");
        return named && Stream.of(parts).noneMatch(part -> part.matches("q=0(\\.0*)?"));
    }
}

package dev.snowgate.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.model.network.Addresses;
import dev.snowgate.model.network.Network;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClientAddressTest {
    private static final List<Network> PROXIES = List.of(
            Network.parse("10.0.0.0/24").orElseThrow(),
            Network.parse("2001:db8::1").orElseThrow());

    private static String of(String peer, String... forwarded) {
        return ClientAddress.of(Addresses.parse(peer), List.of(forwarded), PROXIES);
    }

    @Test
    void what_a_stranger_claims_is_not_believed() {
        assertThat(of("203.0.113.7", "10.1.2.3")).isEqualTo("203.0.113.7");
        assertThat(ClientAddress.of(Addresses.parse("10.0.0.5"), List.of("10.1.2.3"), List.of()))
                .isEqualTo("10.0.0.5");
    }

    @Test
    void a_trusted_proxy_tells_whom_it_saw() {
        assertThat(of("10.0.0.5", "198.51.100.1", "203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(of("2001:db8::1", "203.0.113.7", "10.0.0.9")).isEqualTo("203.0.113.7");
    }

    @Test
    void what_is_no_address_is_not_known_and_nothing_behind_it_is_believed() {
        assertThat(of("10.0.0.5")).isEqualTo(ClientAddress.UNKNOWN);
        assertThat(of("10.0.0.5", "203.0.113.7", "localhost")).isEqualTo(ClientAddress.UNKNOWN);
        assertThat(of("10.0.0.5", "10.0.0.6")).isEqualTo(ClientAddress.UNKNOWN);
        assertThat(ClientAddress.of(Optional.empty(), List.of("203.0.113.7"), PROXIES))
                .isEqualTo(ClientAddress.UNKNOWN);
        assertThat(Addresses.parse(ClientAddress.UNKNOWN)).isEmpty();
    }
}

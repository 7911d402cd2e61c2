package dev.snowgate.gateway.recording;

import dev.snowgate.sealing.KeyRing;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts ledger and recorder together. */
@Configuration(proxyBeanMethods = false)
public class RecordingConfiguration {
    /** Without a key file the program does not start. */
    @Bean
    KeyRing keyRing(KeyProperties properties) {
        return KeyRing.load(properties.file());
    }

    @Bean
    Lease lease() {
        return Lease.ofNewReplica();
    }

    @Bean
    KeyStore keyStore(DatabaseStore database, KeyRing ring) {
        return new KeyStore(database, ring);
    }

    @Bean
    EventStore eventStore(DatabaseStore database) {
        return new EventStore(database);
    }

    @Bean
    UseStore useStore(DatabaseStore database, EventStore events, Clock clock) {
        return new UseStore(database, events, clock);
    }

    @Bean
    LedgerStore ledgerStore(
            DatabaseStore database, KeyStore keys, EventStore events, UseStore uses, Lease lease, Clock clock) {
        return new LedgerStore(database, keys, events, uses, lease, clock);
    }

    @Bean
    RecorderStore recorderStore(DatabaseStore database, KeyStore keys, EventStore events, Clock clock) {
        return new RecorderStore(database, keys, events, clock);
    }

    @Bean
    ReplicaStore replicaStore(
            DatabaseStore database, Lease lease, @Value("${snowgate.public-origin:}") String publicOrigin) {
        return new ReplicaStore(database, lease, publicOrigin);
    }
}

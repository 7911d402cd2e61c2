package dev.snowgate.gateway;

import dev.snowgate.gateway.approval.Announcement;
import dev.snowgate.gateway.approval.NotificationListener;
import dev.snowgate.gateway.approval.ReleaseSignals;
import dev.snowgate.gateway.catalog.CurrentCatalog;
import dev.snowgate.gateway.policy.CurrentPolicy;
import dev.snowgate.gateway.recording.DatabaseConfiguration;
import dev.snowgate.gateway.recording.ReplicaStore;
import dev.snowgate.gateway.statement.StatementLedger;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** What this replica does when another program says something, and every five seconds in case it missed it. */
@Configuration(proxyBeanMethods = false)
class ListeningConfiguration {
    private static final Duration PAUSE = Duration.ofSeconds(5);

    @Bean
    NotificationListener notificationListener(
            @Qualifier(DatabaseConfiguration.UNPOOLED) ConnectionFactory unpooled,
            StatementLedger ledger,
            ReleaseSignals signals,
            CurrentPolicy policy,
            CurrentCatalog catalog,
            ReplicaStore replica,
            Clock clock) {
        NotificationListener.Work work = new NotificationListener.Work(
                () -> ready(replica, policy, clock),
                announcement -> heard(announcement, policy, catalog),
                () -> refresh(policy, catalog, replica, clock),
                PAUSE);
        return new NotificationListener(unpooled, ledger, signals, work, clock);
    }

    /** A published policy that does not compile ends no start: statements are refused until one does. */
    private static Mono<Void> ready(ReplicaStore replica, CurrentPolicy policy, Clock clock) {
        return replica.requireSchema()
                .then(Mono.defer(() -> replica.ensurePartitions(today(clock))))
                .then(Mono.defer(policy::reload));
    }

    /** Standing is read with every token: there is nothing to wake but the polls of its agent, which ask the ledger anyway. */
    private static Mono<Void> heard(Announcement announcement, CurrentPolicy policy, CurrentCatalog catalog) {
        return switch (announcement) {
            case Announcement.Policy published -> policy.reload();
            case Announcement.Catalog changed -> catalog.reload(changed.account());
            case Announcement.Review review -> Mono.empty();
            case Announcement.Standing standing -> Mono.empty();
        };
    }

    private static Mono<Void> refresh(CurrentPolicy policy, CurrentCatalog catalog, ReplicaStore replica, Clock clock) {
        return policy.reload()
                .then(Mono.defer(catalog::refresh))
                .then(Mono.defer(() -> replica.seen(policy.version(), policy.problem())))
                .then(Mono.defer(() -> replica.ensurePartitions(today(clock))));
    }

    /** Days of the database's partitions are days of UTC. */
    private static LocalDate today(Clock clock) {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}

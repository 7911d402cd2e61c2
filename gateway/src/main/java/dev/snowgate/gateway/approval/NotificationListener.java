package dev.snowgate.gateway.approval;

import dev.snowgate.gateway.statement.StatementLedger;
import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Wrapped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Hears what the console says through the database: on a connection of its own, made again whenever it breaks. Nothing depends on a
 * notification: every five seconds it asks what was reviewed, published or changed meanwhile. One of the two classes that
 * subscribe. It starts before the web server and lets the start fail where {@code ready} fails.
 */
public final class NotificationListener implements SmartLifecycle {
    /** The channel of every program. */
    public static final String CHANNEL = "snowgate";

    private static final Logger LOG = LoggerFactory.getLogger(NotificationListener.class);
    /** Reviews are asked for with this overlap, because the clocks of database and replica differ. */
    private static final Duration OVERLAP = Duration.ofSeconds(20);

    private static final Duration READY = Duration.ofSeconds(30);
    private final ConnectionFactory unpooled;
    private final StatementLedger ledger;
    private final ReleaseSignals signals;
    private final Work work;
    private final Clock clock;
    private Disposable running = Disposables.disposed();
    private volatile Instant cursor;

    /**
     * What to do beside waking polls.
     *
     * @param ready done once, before anything is served
     * @param heard done for each announcement that is no review
     * @param refresh done every {@code pause} and after each gap in listening
     * @param pause between two re-reads
     */
    public record Work(
            Supplier<Mono<Void>> ready,
            Function<Announcement, Mono<Void>> heard,
            Supplier<Mono<Void>> refresh,
            Duration pause) {}

    public NotificationListener(
            ConnectionFactory unpooled, StatementLedger ledger, ReleaseSignals signals, Work work, Clock clock) {
        this.unpooled = unpooled;
        this.ledger = ledger;
        this.signals = signals;
        this.work = work;
        this.clock = clock;
        this.cursor = clock.instant();
    }

    @Override
    public synchronized void start() {
        awaitReady();
        running = Disposables.composite(listen().subscribe(), reread().subscribe());
    }

    @Override
    public synchronized void stop() {
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }

    /** Before the web server, which starts in one of the last phases. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void awaitReady() {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Disposable work = this.work
                .ready()
                .get()
                .subscribe(nothing -> {}, ready::completeExceptionally, () -> ready.complete(null));
        try {
            ready.get(READY.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new IllegalStateException("the gateway cannot start on this database: " + cause.getMessage(), cause);
        } catch (TimeoutException late) {
            work.dispose();
            throw new IllegalStateException("the database did not answer in time, so the gateway does not start", late);
        } catch (InterruptedException interrupted) {
            work.dispose();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting", interrupted);
        }
    }

    private Flux<Void> listen() {
        return Flux.usingWhen(unpooled.create(), this::notifications, Connection::close)
                .concatMap(this::handle)
                .doOnError(NotificationListener::deaf)
                // A connection that ends without an error is as deaf as one that breaks.
                .concatWith(Mono.error(() -> new IllegalStateException("the listening connection ended")))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                        .maxBackoff(Duration.ofSeconds(5))
                        .transientErrors(true));
    }

    /** Whatever was said before LISTEN took effect is lost, so everything is read again first. */
    private Flux<Notification> notifications(Connection connection) {
        PostgresqlConnection postgres = postgres(connection);
        return postgres.createStatement("LISTEN " + CHANNEL)
                .execute()
                .flatMap(PostgresqlResult::getRowsUpdated)
                .thenMany(Mono.defer(this::catchUp))
                .thenMany(Flux.defer(postgres::getNotifications));
    }

    private static PostgresqlConnection postgres(Connection connection) {
        if (connection instanceof PostgresqlConnection postgres) {
            return postgres;
        }
        if (connection instanceof Wrapped<?> wrapped && wrapped.unwrap() instanceof PostgresqlConnection postgres) {
            return postgres;
        }
        throw new IllegalStateException("this is no connection of PostgreSQL");
    }

    private Mono<Void> handle(Notification notification) {
        String payload = notification.getParameter();
        return Mono.defer(() -> Announcement.parse(payload == null ? "" : payload)
                        .map(this::handle)
                        .orElseGet(Mono::empty))
                .onErrorResume(fault -> logged("announcement", fault));
    }

    private Mono<Void> handle(Announcement announcement) {
        return switch (announcement) {
            case Announcement.Review review -> Mono.fromRunnable(() -> signals.release(review.statement()));
            case Announcement.Policy policy -> work.heard().apply(policy);
            case Announcement.Catalog catalog -> work.heard().apply(catalog);
            case Announcement.Standing standing -> work.heard().apply(standing);
        };
    }

    private Flux<Void> reread() {
        return Mono.delay(work.pause()).then(Mono.defer(this::catchUp)).repeat();
    }

    /** Wakes what was reviewed since the cursor and refreshes the rest; a fault leaves the cursor where it was. */
    private Mono<Void> catchUp() {
        Instant began = clock.instant();
        return ledger.reviewedSince(cursor.minus(OVERLAP))
                .doOnNext(signals::release)
                .then(Mono.fromRunnable(() -> cursor = began))
                .then(Mono.defer(work.refresh()))
                .onErrorResume(fault -> logged("re-read", fault));
    }

    private static void deaf(Throwable fault) {
        LOG.atWarn()
                .addKeyValue("fault", fault.getClass().getSimpleName())
                .log("The connection that listens broke; it is made again");
    }

    private static Mono<Void> logged(String what, Throwable fault) {
        LOG.atWarn()
                .addKeyValue("task", what)
                .addKeyValue("fault", fault.getClass().getSimpleName())
                .log("Listening went on after a fault");
        return Mono.empty();
    }
}

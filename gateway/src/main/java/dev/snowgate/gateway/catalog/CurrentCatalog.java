package dev.snowgate.gateway.catalog;

import dev.snowgate.catalog.CarriedOver;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.ProtectionMarks;
import dev.snowgate.catalog.Routine;
import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The catalog of each account as of now. Snapshots are immutable and shared; what cannot be loaded, is too old or was changed by a
 * statement is unknown, and unknown objects are refused. A replica that missed an announcement follows within five seconds.
 */
public final class CurrentCatalog {
    private static final Logger LOG = LoggerFactory.getLogger(CurrentCatalog.class);
    private static final int MOST_LOOK_UPS = 16;
    private static final int AT_A_TIME = 4;
    private static final int MOST_MISSES = 10_000;
    private final CatalogStore store;
    private final ObjectLookup lookup;
    private final CatalogProperties properties;
    private final Clock clock;
    private final Map<String, Loaded> accounts = new ConcurrentHashMap<>();
    private final Map<ObjectName, Instant> misses = new ConcurrentHashMap<>();
    private final Map<ObjectName, Mono<Optional<CatalogObject>>> asking = new ConcurrentHashMap<>();

    public CurrentCatalog(CatalogStore store, ObjectLookup lookup, CatalogProperties properties, Clock clock) {
        this.store = store;
        this.lookup = lookup;
        this.properties = properties;
        this.clock = clock;
    }

    /** The account's snapshot, loaded at its first use; {@code CATALOG_UNAVAILABLE} if that fails. */
    public Mono<CatalogSnapshot> snapshot(String account) {
        Loaded loaded = accounts.get(account);
        Mono<Loaded> now = loaded != null ? Mono.just(loaded) : load(account, Loaded.nothing(account));
        return now.map(this::fresh).onErrorMap(CurrentCatalog::unavailable);
    }

    /**
     * The snapshot with those of the names that Snowflake knows; asks for few, and not again for what it did not know a moment ago.
     * Empty if nothing was learned. A look-up that fails leaves its object unknown.
     */
    public Mono<CatalogSnapshot> withLookedUp(
            AgentSession session, CatalogSnapshot snapshot, Collection<ObjectName> missing) {
        Instant now = clock.instant();
        List<ObjectName> asked = missing.stream()
                .distinct()
                .filter(name -> mayAsk(name, now))
                .limit(MOST_LOOK_UPS)
                .toList();
        Mono<Void> routines = Flux.fromIterable(asked)
                .filter(Routine::isUnread)
                .flatMap(name -> readAgain(session.account(), snapshot, name, now), AT_A_TIME)
                .take(properties.lookUpTimeout())
                .then();
        return Flux.fromIterable(asked)
                .filter(name -> !Routine.isUnread(name))
                .flatMap(this::ask, AT_A_TIME)
                .take(properties.lookUpTimeout())
                .collectList()
                .filter(found -> !found.isEmpty())
                .flatMap(found -> remember(session.account(), found))
                .then(routines)
                .then(Mono.defer(() -> asked.isEmpty() ? Mono.empty() : snapshot(session.account())));
    }

    /**
     * Forgets what the statement may have redefined and keeps the protection of what it copied. To be called after it ran and
     * before the next statement of anybody is judged on it here.
     */
    public Mono<Void> changed(AnalysedStatement analysed) {
        List<CatalogStore.Change> changes = CatalogChanges.of(analysed, clock.instant());
        if (changes.isEmpty()) {
            return Mono.empty();
        }
        String account = analysed.statement().session().account();
        changes.forEach(change -> misses.remove(change.name()));
        forget(account, changes.stream().map(CatalogStore.Change::name).toList());
        return store.write(account, changes).then(Mono.defer(() -> reload(account)));
    }

    /** Takes over what is newer in the database; does nothing for accounts that nobody used here. */
    public Mono<Void> reload(String account) {
        return Mono.defer(() -> Mono.justOrEmpty(accounts.get(account)))
                .flatMap(loaded -> load(account, loaded))
                .then();
    }

    /** The same for every account in use: for the timer, and after a gap in listening. */
    public Mono<Void> refresh() {
        return Flux.fromIterable(accounts.keySet()).concatMap(this::reload).then();
    }

    private Mono<Loaded> load(String account, Loaded before) {
        // The version is read first: what is written meanwhile is read twice rather than never.
        return store.version(account)
                .flatMap(version -> Mono.zip(
                                store.changedSince(account, before.version()),
                                store.marks(account),
                                store.seen(account))
                        .map(read -> merge(account, version, read.getT1(), read.getT2(), read.getT3())));
    }

    private Loaded merge(
            String account,
            long version,
            List<CatalogStore.Entry> changes,
            ProtectionMarks marks,
            Map<String, Instant> seen) {
        return accounts.compute(
                account,
                (name, now) -> (now == null ? Loaded.nothing(account) : now).with(version, changes, marks, seen));
    }

    private void forget(String account, List<ObjectName> names) {
        accounts.computeIfPresent(account, (name, now) -> now.without(names));
    }

    /** Objects that were not seen for too long are unknown. */
    private CatalogSnapshot fresh(Loaded loaded) {
        Instant oldest = clock.instant().minus(properties.maxAge());
        if (!loaded.oldest().isBefore(oldest)) {
            return loaded.snapshot();
        }
        return loaded.snapshot()
                .without(loaded.snapshot().objects().stream()
                        .filter(object -> loaded.seenAt(object).isBefore(oldest))
                        .filter(object -> !Routine.isUnread(object.name()))
                        .map(CatalogObject::name)
                        .toList());
    }

    private boolean mayAsk(ObjectName name, Instant now) {
        if (misses.size() > MOST_MISSES) {
            misses.clear();
        }
        Instant missed = misses.get(name);
        return missed == null || missed.plus(properties.missTtl()).isBefore(now);
    }

    private Mono<CatalogObject> ask(ObjectName name) {
        return asking.computeIfAbsent(name, this::shared)
                .flatMap(Mono::justOrEmpty)
                .onErrorResume(fault -> notAnswered(fault));
    }

    /** Many statements that meet the same unknown name at once wait for one look-up. */
    private Mono<Optional<CatalogObject>> shared(ObjectName name) {
        return lookup.find(name)
                .doOnNext(found -> note(name, found))
                .doFinally(signal -> asking.remove(name))
                .cache();
    }

    private void note(ObjectName name, Optional<CatalogObject> found) {
        if (found.isEmpty()) {
            misses.put(name, clock.instant());
        } else {
            misses.remove(name);
        }
    }

    /** Reads all routines of one name together, because which of them a call means depends on all of them. */
    private Mono<Void> readAgain(String account, CatalogSnapshot snapshot, ObjectName unread, Instant asked) {
        return lookup.routines(Routine.called(unread))
                .doOnNext(found -> note(unread, found.stream().findFirst()))
                .filter(found -> !found.isEmpty())
                .flatMap(found -> store.write(account, RoutineReading.changes(snapshot, unread, found, asked)))
                .then(Mono.defer(() -> reload(account)))
                .onErrorResume(fault -> notAnswered(fault).then());
    }

    private static Mono<CatalogObject> notAnswered(Throwable fault) {
        LOG.atWarn()
                .addKeyValue("fault", fault.getClass().getSimpleName())
                .log("A catalog look-up failed; the object stays unknown");
        return Mono.empty();
    }

    private Mono<Void> remember(String account, List<CatalogObject> found) {
        List<CatalogStore.Change> changes = found.stream()
                .map(object -> new CatalogStore.Change(
                        object.name(), before -> new CatalogStore.Stored(CarriedOver.all(object, before), false)))
                .toList();
        return store.write(account, changes).then(Mono.defer(() -> reload(account)));
    }

    private static Throwable unavailable(Throwable fault) {
        return new GatewayException(
                GatewayErrorCode.CATALOG_UNAVAILABLE,
                "The catalog of the account cannot be read at the moment, so no statement can be judged. Try again in a little while.",
                Optional.empty(),
                fault);
    }
}

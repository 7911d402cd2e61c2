package dev.snowgate.console.catalog;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Protection;
import dev.snowgate.catalog.ProtectionMarks;
import dev.snowgate.catalog.StageEntry;
import dev.snowgate.console.security.CurrentPerson;
import dev.snowgate.console.security.Roles;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/** The catalog for people: what is in it, what protects each column, and how far it was read. */
@Service
@PreAuthorize("hasAnyRole('" + Roles.ADMIN + "', '" + Roles.APPROVER + "', '" + Roles.AUDITOR + "')")
public class CatalogService {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogService.class);
    private final ConsoleCatalog catalogs;
    private final CatalogStore store;
    private final SyncRunStore runs;
    private final SyncLock lock;
    private final CatalogSync sync;
    private final CatalogProperties properties;
    private final CurrentPerson current;

    CatalogService(
            ConsoleCatalog catalogs,
            CatalogStore store,
            SyncRunStore runs,
            SyncLock lock,
            CatalogSync sync,
            CatalogProperties properties,
            CurrentPerson current) {
        this.catalogs = catalogs;
        this.store = store;
        this.runs = runs;
        this.lock = lock;
        this.sync = sync;
        this.properties = properties;
        this.current = current;
    }

    /** Accounts that have a catalog, and the one that is synchronised. */
    public List<String> accounts() {
        List<String> accounts = new java.util.ArrayList<>(catalogs.accounts());
        if (sync.isConfigured() && !accounts.contains(properties.account())) {
            accounts.add(properties.account());
        }
        return accounts;
    }

    /** Names of the objects that fit, in order. */
    public List<ObjectName> find(String account, CatalogSearch search) {
        String words = search.words().strip().toUpperCase(Locale.ROOT);
        return catalogs.known(account).snapshot().objects().stream()
                .filter(object -> shown(object, search.show()) && speaks(object, words))
                .map(CatalogObject::name)
                .sorted(Comparator.comparing(ObjectName::toString))
                .toList();
    }

    private static boolean shown(CatalogObject object, CatalogSearch.Show show) {
        return switch (show) {
            case ALL -> true;
            case PROTECTED ->
                object.columns().stream().anyMatch(column -> column.protection().isPresent());
            case BY_HAND ->
                object.columns().stream()
                        .anyMatch(column -> column.protection()
                                .filter(protection -> protection.source().contains(StoredMark.BY_HAND))
                                .isPresent());
        };
    }

    private static boolean speaks(CatalogObject object, String words) {
        return words.isEmpty()
                || object.name().toString().toUpperCase(Locale.ROOT).contains(words)
                || object.columns().stream()
                        .anyMatch(column ->
                                column.name().toUpperCase(Locale.ROOT).contains(words)
                                        || (object.name() + "." + column.name())
                                                .toUpperCase(Locale.ROOT)
                                                .contains(words)
                                        || column.protection()
                                                .filter(protection -> protection
                                                        .category()
                                                        .toUpperCase(Locale.ROOT)
                                                        .contains(words))
                                                .isPresent());
    }

    /** The object as it is now, empty if it is gone. */
    public Optional<ObjectEntry> object(String account, ObjectName name) {
        return catalogs.known(account).snapshot().find(name).map(CatalogService::entry);
    }

    private static ObjectEntry entry(CatalogObject object) {
        return new ObjectEntry(
                object.name(),
                object.kind(),
                object.columns().size(),
                (int) object.columns().stream()
                        .filter(column -> column.protection().isPresent())
                        .count(),
                object.rows(),
                object.seenAt(),
                StageEntry.location(object)
                        .map(place -> place.name().toLowerCase(Locale.ROOT))
                        .orElse(""));
    }

    /** The columns of an object in their order. */
    public List<ColumnEntry> columns(String account, ObjectName name) {
        ConsoleCatalog.Known known = catalogs.known(account);
        return known.plain()
                .find(name)
                .map(object -> object.columns().stream()
                        .map(column -> entry(known, object, column))
                        .toList())
                .orElse(List.of());
    }

    /** One column as it is now, empty if it is gone. */
    public Optional<ColumnEntry> column(String account, ColumnName name) {
        ConsoleCatalog.Known known = catalogs.known(account);
        return known.plain()
                .find(name.object())
                .flatMap(object -> object.column(name.column()).map(column -> entry(known, object, column)));
    }

    private static ColumnEntry entry(ConsoleCatalog.Known known, CatalogObject object, CatalogColumn column) {
        return new ColumnEntry(
                new ColumnName(object.name(), column.name()),
                column.type(),
                known.marks().sources(object, column));
    }

    /** Marks that speak of exactly this column, the latest first. */
    public List<StoredMark> marks(String account, ColumnName column) {
        return catalogs.known(account).stored().stream()
                .filter(mark -> ProtectionMarking.isMarkOf(mark.rule(), column))
                .sorted(Comparator.comparing(StoredMark::id).reversed())
                .toList();
    }

    /** All marks and rules with what each of them matches now. */
    public List<RuleEntry> rules(String account) {
        ConsoleCatalog.Known known = catalogs.known(account);
        List<CatalogObject> objects = known.plain().objects().stream()
                .sorted(Comparator.comparing(object -> object.name().toString()))
                .toList();
        return known.stored().stream()
                .sorted(Comparator.comparing((StoredMark mark) -> mark.rule().kind())
                        .thenComparing(mark -> mark.rule().pattern()))
                .map(mark -> new RuleEntry(mark, ProtectionMarks.matched(mark.rule(), objects)))
                .toList();
    }

    /** Categories that are in use. */
    public List<String> categories(String account) {
        return catalogs.known(account).snapshot().objects().stream()
                .flatMap(object -> object.columns().stream())
                .flatMap(column -> column.protection().map(Protection::category).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** How far the account was read. */
    public SyncStatus status(String account) {
        return new SyncStatus(
                sync.isConfigured() && properties.account().equals(account),
                lock.isHeld(account),
                runs.last(account),
                store.databases(account));
    }

    /**
     * Reads the account from Snowflake and waits for it.
     *
     * @throws IllegalStateException with a sentence for operators, as {@link CatalogSync#run}
     */
    @PreAuthorize("hasRole('" + Roles.ADMIN + "')")
    public CatalogSync.Outcome syncNow() {
        return sync.run(current.require().id().claim());
    }

    /**
     * Begins to read the account from Snowflake, beside this thread; what becomes of it is told by {@link #status}.
     *
     * @throws IllegalStateException if this console has no way to Snowflake
     */
    @PreAuthorize("hasRole('" + Roles.ADMIN + "')")
    public void startSync() {
        String by = current.require().id().claim();
        if (!sync.isConfigured()) {
            throw new IllegalStateException("This console has no way to Snowflake: snowgate.catalog.url is not set.");
        }
        Thread.ofVirtual().name("catalog-sync").start(() -> {
            try {
                sync.run(by);
            } catch (RuntimeException fault) {
                LOG.atWarn()
                        .setMessage("the catalog was not read; the stored one stays")
                        .addKeyValue("fault", fault.getClass().getSimpleName())
                        .log();
            }
        });
    }
}

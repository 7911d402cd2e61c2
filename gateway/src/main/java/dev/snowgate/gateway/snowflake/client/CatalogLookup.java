package dev.snowgate.gateway.snowflake.client;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.StageEntry;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.reactor.bulkhead.operator.BulkheadOperator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Asks Snowflake about objects: one at a time on a miss, with tags and masking policies, or a whole database at the start,
 * without them. Columns come without protection; marks are applied by whoever keeps the catalog. Every fault is {@code CATALOG_UNAVAILABLE}: what could not be asked stays
 * unknown, and unknown is refused.
 */
public final class CatalogLookup {
    private static final Duration WHOLE_DATABASE = Duration.ofMinutes(5);
    private final @Nullable CatalogQueries queries;
    private final Duration timeout;
    private final CatalogAccessProperties.Governance governance;
    private final Bulkhead bulkhead;
    private final Clock clock;

    CatalogLookup(@Nullable CatalogQueries queries, CatalogAccessProperties access, Clock clock) {
        this.queries = queries;
        this.timeout = access.timeout();
        this.governance = access.governance();
        this.clock = clock;
        this.bulkhead = Bulkhead.of(
                "catalog",
                BulkheadConfig.custom()
                        .maxConcurrentCalls(access.concurrent())
                        .maxWaitDuration(Duration.ZERO)
                        .build());
    }

    /** Whether Snowflake may be asked; if not, {@link #find} finds nothing and {@link #load} loads nothing. */
    public boolean enabled() {
        return queries != null;
    }

    /** The object of that stored name; an empty {@code Optional} if there is none that the catalog's user may see. */
    public Mono<Optional<CatalogObject>> find(ObjectName name) {
        CatalogQueries ask = queries;
        // URLs, variables and account-level names stand in no database: there is nothing to ask for.
        if (ask == null || name.database().isBlank() || name.schema().isBlank()) {
            return Mono.just(Optional.empty());
        }
        Optional<ObjectName> stage = StageEntry.stage(name);
        Mono<CatalogObject> found = stage.isPresent() ? stage(stage.get(), ask) : tableOrView(name, ask);
        return found.map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .timeout(timeout)
                .transformDeferred(BulkheadOperator.of(bulkhead))
                .onErrorMap(CatalogLookup::unavailable);
    }

    private Mono<CatalogObject> tableOrView(ObjectName name, CatalogQueries ask) {
        List<String> bound = List.of(name.schema(), name.name());
        return objects(
                        name.database(),
                        ask.rows(GatewayStatement.COLUMNS_OF_OBJECT, name.database(), bound),
                        ask.rows(GatewayStatement.VIEW_OF_OBJECT, name.database(), bound))
                .filter(object -> object.name().equals(name))
                .next()
                .flatMap(object -> governed(object, ask));
    }

    private Mono<CatalogObject> stage(ObjectName name, CatalogQueries ask) {
        Instant seenAt = clock.instant();
        return ask.rows(GatewayStatement.STAGE_OF_OBJECT, name.database(), List.of(name.schema(), name.name()))
                .filter(row -> name.equals(name(name.database(), row)))
                .next()
                .map(row -> StageEntry.of(
                        name,
                        StageEntry.location(text(row, 2)),
                        Optional.ofNullable(row.get(3)).filter(url -> !url.isBlank()),
                        Optional.empty(),
                        Optional.empty(),
                        seenAt));
    }

    /** All functions and procedures of that name that the catalog's user may see. */
    public Mono<List<CatalogObject>> routines(ObjectName called) {
        CatalogQueries ask = queries;
        if (ask == null || called.database().isBlank() || called.schema().isBlank()) {
            return Mono.just(List.of());
        }
        Instant at = clock.instant();
        List<String> bound = List.of(called.schema(), called.name(), called.schema(), called.name());
        return ask.rows(GatewayStatement.ROUTINES_OF_NAME, called.database(), bound)
                .map(row -> FoundRoutine.of(called.database(), row, at))
                .collectList()
                .timeout(timeout)
                .transformDeferred(BulkheadOperator.of(bulkhead))
                .onErrorMap(CatalogLookup::unavailable);
    }

    private Mono<CatalogObject> governed(CatalogObject object, CatalogQueries ask) {
        return switch (governance) {
            case INFORMATION_SCHEMA -> GovernedObject.of(object, ask);
            case OFF -> Mono.just(object);
        };
    }

    /** All tables and views of a database. */
    public Flux<CatalogObject> load(String database) {
        CatalogQueries ask = queries;
        if (ask == null) {
            return Flux.empty();
        }
        return objects(
                        database,
                        ask.rows(GatewayStatement.COLUMNS_OF_DATABASE, database, List.of()),
                        ask.rows(GatewayStatement.VIEWS_OF_DATABASE, database, List.of()))
                .timeout(Mono.delay(WHOLE_DATABASE))
                .onErrorMap(CatalogLookup::unavailable);
    }

    private Flux<CatalogObject> objects(
            String database, Flux<List<@Nullable String>> columns, Flux<List<@Nullable String>> views) {
        Instant seenAt = clock.instant();
        return Mono.zip(columns.collectList(), definitions(database, views))
                .flatMapIterable(both -> assemble(database, both.getT1(), both.getT2(), seenAt));
    }

    private static Mono<Map<ObjectName, String>> definitions(String database, Flux<List<@Nullable String>> views) {
        return views.reduceWith(HashMap::new, (known, row) -> {
            String text = row.get(2);
            Optional<String> query = text == null ? Optional.empty() : ViewText.query(text);
            if (query.isPresent()) {
                known.put(name(database, row), query.get());
            }
            return known;
        });
    }

    private static List<CatalogObject> assemble(
            String database, List<List<@Nullable String>> rows, Map<ObjectName, String> definitions, Instant seenAt) {
        Map<ObjectName, List<CatalogColumn>> columns = new LinkedHashMap<>();
        Map<ObjectName, ObjectKind> kinds = new HashMap<>();
        for (List<@Nullable String> row : rows) {
            ObjectName name = name(database, row);
            columns.computeIfAbsent(name, key -> new ArrayList<>())
                    .add(new CatalogColumn(
                            text(row, 3),
                            text(row, 4).toUpperCase(Locale.ROOT),
                            !text(row, 5).equals("NO"),
                            Optional.empty()));
            kinds.put(name, kind(text(row, 2)));
        }
        return columns.entrySet().stream()
                .map(entry -> new CatalogObject(
                        entry.getKey(),
                        kinds.getOrDefault(entry.getKey(), ObjectKind.OTHER),
                        entry.getValue(),
                        Optional.ofNullable(definitions.get(entry.getKey())),
                        Set.of(),
                        seenAt))
                .toList();
    }

    private static ObjectName name(String database, List<@Nullable String> row) {
        return new ObjectName(database, text(row, 0), text(row, 1));
    }

    private static String text(List<@Nullable String> row, int column) {
        String value = row.size() > column ? row.get(column) : null;
        if (value == null) {
            throw UpstreamFault.notUnderstood("a row of the catalog lacks a value");
        }
        return value;
    }

    /** A type that we do not know has no rules of lineage: it is never taken for a table. */
    static ObjectKind kind(String tableType) {
        return switch (tableType.toUpperCase(Locale.ROOT)) {
            case "BASE TABLE", "TABLE", "TRANSIENT", "TEMPORARY TABLE", "LOCAL TEMPORARY" -> ObjectKind.TABLE;
            case "VIEW" -> ObjectKind.VIEW;
            case "MATERIALIZED VIEW" -> ObjectKind.MATERIALIZED_VIEW;
            case "DYNAMIC TABLE" -> ObjectKind.DYNAMIC_TABLE;
            case "EXTERNAL TABLE" -> ObjectKind.EXTERNAL_TABLE;
            case "STREAM" -> ObjectKind.STREAM;
            default -> ObjectKind.OTHER;
        };
    }

    private static Throwable unavailable(Throwable fault) {
        boolean busy = fault instanceof BulkheadFullException || fault instanceof TimeoutException;
        return fault instanceof GatewayException known && known.code() == GatewayErrorCode.CATALOG_UNAVAILABLE
                ? known
                : new GatewayException(
                        GatewayErrorCode.CATALOG_UNAVAILABLE,
                        busy
                                ? "Snowflake could not be asked about an object in time. Try again later."
                                : "Snowflake could not be asked about an object. Try again later.",
                        Optional.empty(),
                        fault);
    }
}

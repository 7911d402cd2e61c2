package dev.snowgate.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Routine;
import dev.snowgate.gateway.recording.LedgerFixture;
import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.ExecutedText;
import dev.snowgate.sql.ObjectUse;
import dev.snowgate.sql.SqlAnalysis;
import dev.snowgate.sql.StatementAnalysis;
import dev.snowgate.sql.StatementKind;
import dev.snowgate.sql.TextSpan;
import dev.snowgate.sql.WriteLineage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class CurrentCatalogIT {
    private static final ObjectName CUSTOMERS = new ObjectName("PROD", "CRM", "CUSTOMERS");
    private static final ObjectName TOTAL = new ObjectName("PROD", "CRM", "TOTAL");
    private static final ObjectName COPY = new ObjectName("DEV", "SANDBOX", "COPY");
    private final LedgerFixture f = new LedgerFixture();
    private final Map<ObjectName, CatalogObject> snowflake = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final CatalogStore store = new CatalogStore(f.store);
    private final CurrentCatalog catalog = replica();
    private final CurrentCatalog other = replica();
    private final AgentSession session = f.session();

    private CurrentCatalog replica() {
        CatalogProperties properties =
                new CatalogProperties(Duration.ofHours(24), Duration.ofSeconds(5), Duration.ofMinutes(1));
        ObjectLookup lookup = new ObjectLookup() {
            @Override
            public Mono<Optional<CatalogObject>> find(ObjectName name) {
                return CurrentCatalogIT.this.find(name);
            }

            @Override
            public Mono<List<CatalogObject>> routines(ObjectName called) {
                asked.incrementAndGet();
                return Mono.just(snowflake.values().stream()
                        .filter(object -> Routine.called(object.name()).equals(called))
                        .toList());
            }
        };
        return new CurrentCatalog(store, lookup, properties, Clock.systemUTC());
    }

    private Mono<Optional<CatalogObject>> find(ObjectName name) {
        asked.incrementAndGet();
        return Mono.just(Optional.ofNullable(snowflake.get(name)));
    }

    @AfterEach
    void close() {
        f.close();
    }

    private static CatalogObject table(ObjectName name, String... columns) {
        return new CatalogObject(
                name,
                ObjectKind.TABLE,
                List.of(columns).stream()
                        .map(c -> new CatalogColumn(c, "TEXT", true, Optional.empty()))
                        .toList(),
                Optional.empty(),
                Set.of(),
                Instant.now());
    }

    private CatalogSnapshot lookUp(CurrentCatalog where, ObjectName... names) {
        return where.snapshot(LedgerFixture.ACCOUNT)
                .flatMap(now -> where.withLookedUp(session, now, List.of(names)).defaultIfEmpty(now))
                .block();
    }

    private AnalysedStatement ran(Effect effect, ObjectName target, List<WriteLineage> writes, CatalogSnapshot on) {
        return ran(new ObjectUse(target, ObjectKind.TABLE, effect, true), writes, on);
    }

    private AnalysedStatement ran(ObjectUse use, List<WriteLineage> writes, CatalogSnapshot on) {
        Statement statement = f.statement(session, "create table copy as select email from customers");
        StatementAnalysis analysis = new StatementAnalysis(
                StatementKind.CREATE_TABLE_AS,
                Set.of(use.effect()),
                List.of(use),
                List.of(),
                List.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                writes,
                Optional.empty(),
                List.of(),
                false,
                session.context(),
                true,
                new TextSpan(0, 1),
                "Create",
                Set.of());
        return new AnalysedStatement(
                statement,
                new SqlAnalysis.Understood(
                        new ExecutedText("", "", List.of(), List.of(), List.of()), List.of(analysis)),
                on);
    }

    @Test
    void an_object_is_asked_for_once_and_every_replica_learns_it() {
        // Given
        snowflake.put(CUSTOMERS, table(CUSTOMERS, "ID", "EMAIL"));
        other.snapshot(LedgerFixture.ACCOUNT).block();
        // When
        CatalogSnapshot found = lookUp(catalog, CUSTOMERS);
        other.refresh().block();
        // Then
        assertThat(found.find(CUSTOMERS)).isPresent();
        assertThat(other.snapshot(LedgerFixture.ACCOUNT).block().find(CUSTOMERS))
                .isPresent();
        assertThat(asked).hasValue(1);
    }

    @Test
    void an_object_that_snowflake_does_not_show_stays_unknown_and_is_not_asked_for_again_at_once() {
        // When
        CatalogSnapshot first = lookUp(catalog, CUSTOMERS);
        lookUp(catalog, CUSTOMERS);
        // Then
        assertThat(first.find(CUSTOMERS)).isEmpty();
        assertThat(asked).hasValue(1);
    }

    @Test
    void marks_protect_columns_and_a_new_mark_is_taken_over() {
        // Given
        snowflake.put(CUSTOMERS, table(CUSTOMERS, "ID", "EMAIL", "PHONE"));
        f.execute(
                "insert into protection_mark (pattern, category, source) values ('PROD.*.CUSTOMERS.EMAIL', 'email', 'yaml:p')");
        CatalogSnapshot first = lookUp(catalog, CUSTOMERS);
        // When
        f.execute(
                "insert into protection_mark (pattern, category, source) values ('PROD.CRM.CUSTOMERS.PHONE', 'phone', 'yaml:p')");
        catalog.refresh().block();
        CatalogSnapshot second = catalog.snapshot(LedgerFixture.ACCOUNT).block();
        // Then
        assertThat(first.protection(new ColumnName(CUSTOMERS, "EMAIL"))
                        .orElseThrow()
                        .category())
                .isEqualTo("email");
        assertThat(first.protection(new ColumnName(CUSTOMERS, "PHONE"))).isEmpty();
        assertThat(second.protection(new ColumnName(CUSTOMERS, "PHONE"))
                        .orElseThrow()
                        .category())
                .isEqualTo("phone");
    }

    @Test
    void a_redefined_object_is_unknown_until_it_was_asked_for_again() {
        // Given
        snowflake.put(CUSTOMERS, table(CUSTOMERS, "ID"));
        CatalogSnapshot before = lookUp(catalog, CUSTOMERS);
        other.snapshot(LedgerFixture.ACCOUNT).block();
        // When
        catalog.changed(ran(Effect.ALTER, CUSTOMERS, List.of(), before)).block();
        other.refresh().block();
        snowflake.put(CUSTOMERS, table(CUSTOMERS, "ID", "SSN"));
        // Then
        assertThat(catalog.snapshot(LedgerFixture.ACCOUNT).block().find(CUSTOMERS))
                .isEmpty();
        assertThat(other.snapshot(LedgerFixture.ACCOUNT).block().find(CUSTOMERS))
                .isEmpty();
        assertThat(lookUp(catalog, CUSTOMERS).find(CUSTOMERS).orElseThrow().column("SSN"))
                .isPresent();
    }

    @Test
    void routines_of_a_name_are_read_together_and_unknown_after_one_of_them_was_redefined() {
        // Given
        CatalogObject number = routine("NUMBER", "a + 1");
        CatalogObject text = routine("VARCHAR", "a || 'x'");
        snowflake.put(number.name(), number);
        snowflake.put(text.name(), text);
        CatalogSnapshot before = lookUp(catalog, Routine.unread(TOTAL));
        other.refresh().block();
        assertThat(before.routines(TOTAL)).hasSize(2);
        assertThat(snapshot(other).routines(TOTAL)).hasSize(2);

        // When
        catalog.changed(ran(new ObjectUse(TOTAL, ObjectKind.FUNCTION, Effect.CREATE, false), List.of(), before))
                .block();
        other.refresh().block();

        // Then
        assertThat(snapshot(catalog).find(Routine.unread(TOTAL))).isPresent();
        assertThat(snapshot(other).find(Routine.unread(TOTAL))).isPresent();

        // When
        CatalogObject replaced = routine("NUMBER", "a + 2");
        snowflake.remove(text.name());
        snowflake.put(number.name(), replaced);
        CatalogSnapshot after = lookUp(other, Routine.unread(TOTAL));

        // Then
        assertThat(after.routines(TOTAL))
                .singleElement()
                .extracting(CatalogObject::definition)
                .isEqualTo(Optional.of("a + 2"));
        assertThat(asked).hasValue(2);
    }

    @Test
    void what_was_read_before_a_definition_does_not_make_its_name_known() {
        // Given: a reading whose answer comes after a definition
        CatalogObject number = routine("NUMBER", "a + 1");
        CatalogSnapshot before = snapshot(catalog);
        Instant asking = Instant.now();
        catalog.changed(ran(new ObjectUse(TOTAL, ObjectKind.FUNCTION, Effect.CREATE, false), List.of(), before))
                .block();

        // When
        store.write(
                        LedgerFixture.ACCOUNT,
                        RoutineReading.changes(before, Routine.unread(TOTAL), List.of(number), asking))
                .block();
        catalog.refresh().block();

        // Then
        assertThat(snapshot(catalog).find(Routine.unread(TOTAL))).isPresent();
    }

    private static CatalogSnapshot snapshot(CurrentCatalog where) {
        return where.snapshot(LedgerFixture.ACCOUNT).block();
    }

    private static CatalogObject routine(String type, String body) {
        List<Routine.Argument> arguments = List.of(new Routine.Argument("A", type));
        return new CatalogObject(
                        new ObjectName("PROD", "CRM", Routine.signature("TOTAL", arguments)),
                        ObjectKind.FUNCTION,
                        List.of(),
                        Optional.of(body),
                        Set.of(),
                        Instant.now())
                .withRoutine(Optional.of(
                        new Routine("SQL", arguments, "VARCHAR", List.of(), Routine.Rights.OWNER, false, false)));
    }

    @Test
    void a_copy_of_a_protected_column_is_protected_wherever_it_goes() {
        // Given
        snowflake.put(CUSTOMERS, table(CUSTOMERS, "ID", "EMAIL"));
        f.execute(
                "insert into protection_mark (pattern, category, source) values ('PROD.CRM.CUSTOMERS.EMAIL', 'email', 'yaml:p')");
        CatalogSnapshot before = lookUp(catalog, CUSTOMERS);
        ColumnName target = new ColumnName(COPY, "E");
        // When
        catalog.changed(ran(
                        Effect.CREATE,
                        COPY,
                        List.of(new WriteLineage(target, Set.of(new ColumnName(CUSTOMERS, "EMAIL")))),
                        before))
                .block();
        snowflake.put(COPY, table(COPY, "E", "OTHER"));
        CatalogSnapshot after = lookUp(other, COPY);
        // Then
        assertThat(after.protection(target).orElseThrow().category()).isEqualTo("email");
        assertThat(after.protection(target).orElseThrow().source()).startsWith("derived:");
        assertThat(after.protection(new ColumnName(COPY, "OTHER"))).isEmpty();
        assertThat(after.find(COPY).orElseThrow().columns()).hasSize(2);
    }

    @Test
    void values_written_into_a_known_table_protect_its_column_at_once() {
        // Given
        snowflake.put(CUSTOMERS, table(CUSTOMERS, "ID", "EMAIL"));
        snowflake.put(COPY, table(COPY, "E"));
        f.execute(
                "insert into protection_mark (pattern, category, source) values ('PROD.CRM.CUSTOMERS.EMAIL', 'email', 'yaml:p')");
        CatalogSnapshot before = lookUp(catalog, CUSTOMERS, COPY);
        ColumnName target = new ColumnName(COPY, "E");
        // When
        catalog.changed(ran(
                        Effect.WRITE,
                        COPY,
                        List.of(new WriteLineage(target, Set.of(new ColumnName(CUSTOMERS, "EMAIL")))),
                        before))
                .block();
        // Then
        assertThat(catalog.snapshot(LedgerFixture.ACCOUNT).block().protection(target))
                .isPresent();
    }
}

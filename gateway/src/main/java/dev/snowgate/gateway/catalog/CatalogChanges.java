package dev.snowgate.gateway.catalog;

import dev.snowgate.catalog.CarriedOver;
import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Protection;
import dev.snowgate.catalog.Routine;
import dev.snowgate.catalog.StageEntry;
import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.ObjectUse;
import dev.snowgate.sql.StatementAnalysis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a statement that ran did to the catalog. Pure. */
final class CatalogChanges {
    private static final Set<Effect> REDEFINES = Set.of(Effect.CREATE, Effect.ALTER, Effect.DROP);
    /** Objects that have columns; everything else is no entry of the catalog. */
    private static final Set<ObjectKind> ENTRIES = Set.of(
            ObjectKind.TABLE,
            ObjectKind.VIEW,
            ObjectKind.MATERIALIZED_VIEW,
            ObjectKind.DYNAMIC_TABLE,
            ObjectKind.EXTERNAL_TABLE,
            ObjectKind.STREAM,
            ObjectKind.OTHER);

    private static final Set<ObjectKind> ROUTINES = Set.of(ObjectKind.FUNCTION, ObjectKind.PROCEDURE);

    private CatalogChanges() {}

    /** Objects whose definition may be another now: unknown until they were looked up again. */
    static List<CatalogStore.Change> of(AnalysedStatement analysed, Instant at) {
        Map<ObjectName, Map<String, Protection>> derived = new LinkedHashMap<>();
        List<ObjectName> redefined = new ArrayList<>();
        Map<ObjectName, CatalogObject> routines = new LinkedHashMap<>();
        SessionContext before = analysed.statement().context();
        for (StatementAnalysis statement : analysed.statements()) {
            Set<String> own = own(before, statement.contextAfter());
            DerivedProtection.of(statement, analysed.catalog()).forEach((name, columns) -> {
                if (!isOwn(name, own)) {
                    derived.computeIfAbsent(name, n -> new HashMap<>()).putAll(columns);
                }
            });
            redefined(statement, analysed.catalog()).stream()
                    .filter(name -> !redefined.contains(name) && !isOwn(name, own))
                    .forEach(redefined::add);
            statement.objects().stream()
                    .filter(use -> REDEFINES.contains(use.effect()) && ROUTINES.contains(use.kind()))
                    .map(use -> Routine.unreadEntry(use.name(), use.kind(), at))
                    .filter(entry -> !isOwn(entry.name(), own))
                    .forEach(entry -> routines.put(entry.name(), entry));
            before = statement.contextAfter();
        }
        redefined.forEach(name -> derived.putIfAbsent(name, Map.of()));
        Stream<CatalogStore.Change> columns = derived.entrySet().stream()
                .map(entry -> change(entry.getKey(), entry.getValue(), redefined.contains(entry.getKey()), at));
        // stays until all routines are read again: which others go by the same name is not known before
        Stream<CatalogStore.Change> unread = routines.values().stream()
                .map(entry -> new CatalogStore.Change(entry.name(), known -> new CatalogStore.Stored(entry, false)));
        return Stream.concat(columns, unread).toList();
    }

    /** Temporary objects are the session's own: they are no entries of the catalog that all share. */
    private static Set<String> own(SessionContext before, SessionContext after) {
        Set<String> names = new HashSet<>(before.temporaryObjects());
        names.addAll(after.temporaryObjects());
        return names;
    }

    private static boolean isOwn(ObjectName name, Set<String> own) {
        return own.contains(name.toString()) || name.database().isEmpty();
    }

    /** A change of a database or schema changes everything below it. */
    private static List<ObjectName> redefined(StatementAnalysis statement, CatalogSnapshot catalog) {
        List<ObjectName> names = new ArrayList<>();
        for (ObjectUse use : statement.objects()) {
            if (!REDEFINES.contains(use.effect())) {
                continue;
            }
            switch (use.kind()) {
                case DATABASE ->
                    catalog.objects().stream()
                            .map(CatalogObject::name)
                            .filter(name -> name.database().equals(use.name().database())
                                    || name.database().equals(use.name().name()))
                            .forEach(names::add);
                case SCHEMA ->
                    catalog.objects().stream()
                            .map(CatalogObject::name)
                            .filter(name -> name.database().equals(use.name().database())
                                    && (name.schema().equals(use.name().schema())
                                            || name.schema().equals(use.name().name())))
                            .forEach(names::add);
                case STAGE -> names.add(StageEntry.nameOf(use.name()));
                default -> {
                    if (ENTRIES.contains(use.kind())) {
                        names.add(use.name());
                    }
                }
            }
        }
        return names;
    }

    private static CatalogStore.Change change(
            ObjectName name, Map<String, Protection> derived, boolean redefined, Instant at) {
        return new CatalogStore.Change(name, before -> {
            CatalogObject known = before.orElseGet(() -> unknown(name, at));
            boolean gone = redefined || before.isEmpty();
            CatalogObject marked = CarriedOver.protect(known, derived);
            return new CatalogStore.Stored(gone ? remembering(marked, derived) : marked, gone);
        });
    }

    /** Values went into columns that are not known yet: kept until the object was looked up. */
    private static CatalogObject remembering(CatalogObject object, Map<String, Protection> derived) {
        Optional<Protection> any = Optional.ofNullable(derived.get(ColumnName.ANY));
        if (any.isEmpty() || object.column(ColumnName.ANY).isPresent()) {
            return object;
        }
        List<CatalogColumn> columns = new ArrayList<>(object.columns());
        columns.add(new CatalogColumn(ColumnName.ANY, "", true, any));
        return object.withColumns(columns);
    }

    private static CatalogObject unknown(ObjectName name, Instant at) {
        return new CatalogObject(name, ObjectKind.TABLE, List.of(), Optional.empty(), Set.of(), at);
    }
}

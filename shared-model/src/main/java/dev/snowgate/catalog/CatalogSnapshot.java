package dev.snowgate.catalog;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All that is known of one account at one version. Immutable and safe to share; a name that is not found is unknown,
 * which callers must treat as refused.
 */
public final class CatalogSnapshot {
    private final String account;
    private final long version;
    private final Map<ObjectName, CatalogObject> objects;
    private final Map<ObjectName, List<CatalogObject>> routines;

    private CatalogSnapshot(String account, long version, Map<ObjectName, CatalogObject> objects) {
        this.account = account;
        this.version = version;
        this.objects = objects;
        this.routines = objects.values().stream()
                .filter(CatalogObject::isRoutine)
                .collect(Collectors.groupingBy(object -> Routine.called(object.name())));
    }

    /** A snapshot of the given objects; later ones win over earlier ones of the same name. */
    public static CatalogSnapshot of(String account, long version, Collection<CatalogObject> objects) {
        Map<ObjectName, CatalogObject> byName = new HashMap<>();
        objects.forEach(object -> byName.put(object.name(), object));
        return new CatalogSnapshot(account, version, Map.copyOf(byName));
    }

    /** A snapshot that knows nothing. */
    public static CatalogSnapshot empty(String account) {
        return new CatalogSnapshot(account, 0, Map.of());
    }

    public String account() {
        return account;
    }

    public long version() {
        return version;
    }

    public Collection<CatalogObject> objects() {
        return objects.values();
    }

    /** The object of that name, empty if unknown. */
    public Optional<CatalogObject> find(ObjectName name) {
        return Optional.ofNullable(objects.get(name));
    }

    /** All functions and procedures that go by that name, whatever their arguments. */
    public List<CatalogObject> routines(ObjectName called) {
        return routines.getOrDefault(called, List.of());
    }

    /** The object of that kind and name: a stage has its own place beside a table of the same name. */
    public Optional<CatalogObject> find(ObjectName name, ObjectKind kind) {
        return find(kind == ObjectKind.STAGE ? StageEntry.nameOf(name) : name);
    }

    /** Names of all functions and procedures, as they are catalogued. */
    public List<ObjectName> routineNames() {
        return routines.values().stream()
                .flatMap(List::stream)
                .map(CatalogObject::name)
                .toList();
    }

    /** Why the column is protected, empty if it is known and not protected or not known at all. */
    public Optional<Protection> protection(ColumnName name) {
        return find(name.object()).flatMap(o -> o.column(name.column())).flatMap(CatalogColumn::protection);
    }

    /** The same with these objects added or replaced. */
    public CatalogSnapshot with(Collection<CatalogObject> changed) {
        Map<ObjectName, CatalogObject> byName = new HashMap<>(objects);
        changed.forEach(object -> byName.put(object.name(), object));
        return new CatalogSnapshot(account, version, Map.copyOf(byName));
    }

    /** The same without these objects. */
    public CatalogSnapshot without(Collection<ObjectName> gone) {
        Map<ObjectName, CatalogObject> byName = new HashMap<>(objects);
        gone.forEach(byName::remove);
        return new CatalogSnapshot(account, version, Map.copyOf(byName));
    }
}

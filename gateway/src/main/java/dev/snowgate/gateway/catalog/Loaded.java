package dev.snowgate.gateway.catalog;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ObjectName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An account's entries as they were loaded: without marks, so that another set of marks can be put on them, and the snapshot with
 * them.
 *
 * @param version every change up to it is in here
 * @param oldest when the object that was seen longest ago was seen
 */
record Loaded(
        long version, Map<ObjectName, CatalogObject> entries, Marks marks, CatalogSnapshot snapshot, Instant oldest) {
    static Loaded nothing(String account) {
        return new Loaded(0, Map.of(), new Marks(List.of()), CatalogSnapshot.empty(account), Instant.MAX);
    }

    /** With those changes; the same if they change nothing. Never goes back in versions. */
    Loaded with(long newVersion, List<CatalogStore.Entry> changes, Marks newMarks) {
        if (changes.isEmpty() && newMarks.equals(marks) && newVersion <= version) {
            return this;
        }
        Map<ObjectName, CatalogObject> all = new HashMap<>(entries);
        for (CatalogStore.Entry change : changes) {
            if (change.version() <= version) {
                // Read before something newer was merged: it is in here already, or was undone since.
                continue;
            }
            if (change.gone()) {
                all.remove(change.name());
            } else {
                all.put(change.name(), change.object());
            }
        }
        return of(snapshot.account(), Math.max(version, newVersion), all, newMarks);
    }

    /** Without those, at once; the database's own word on them comes with the next load. */
    Loaded without(Collection<ObjectName> names) {
        Map<ObjectName, CatalogObject> left = new HashMap<>(entries);
        names.forEach(left::remove);
        return of(snapshot.account(), version, left, marks);
    }

    private static Loaded of(String account, long version, Map<ObjectName, CatalogObject> entries, Marks marks) {
        List<CatalogObject> objects = marks.applyTo(new ArrayList<>(entries.values()));
        Instant oldest = objects.stream()
                .map(CatalogObject::seenAt)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
        return new Loaded(version, Map.copyOf(entries), marks, CatalogSnapshot.of(account, version, objects), oldest);
    }
}

package dev.snowgate.gateway.catalog;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.ProtectionMarks;
import dev.snowgate.catalog.Routine;
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
 * @param seen for each database when all its objects were seen last
 * @param oldest when the object that was seen longest ago was seen
 */
record Loaded(
        long version,
        Map<ObjectName, CatalogObject> entries,
        ProtectionMarks marks,
        Map<String, Instant> seen,
        CatalogSnapshot snapshot,
        Instant oldest) {
    static Loaded nothing(String account) {
        return new Loaded(0, Map.of(), ProtectionMarks.none(), Map.of(), CatalogSnapshot.empty(account), Instant.MAX);
    }

    /** With those changes; the same if they change nothing. Never goes back in versions. */
    Loaded with(
            long newVersion, List<CatalogStore.Entry> changes, ProtectionMarks newMarks, Map<String, Instant> newSeen) {
        if (changes.isEmpty() && newMarks.rules().equals(marks.rules()) && newVersion <= version) {
            return newSeen.equals(seen) ? this : of(version, entries, marks, newSeen, snapshot);
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
        return of(snapshot.account(), Math.max(version, newVersion), all, newMarks, newSeen);
    }

    /** Without those, at once; the database's own word on them comes with the next load. */
    Loaded without(Collection<ObjectName> names) {
        Map<ObjectName, CatalogObject> left = new HashMap<>(entries);
        names.forEach(left::remove);
        List<ObjectName> unread = names.stream().filter(Routine::isUnread).toList();
        left.keySet()
                .removeIf(name -> unread.stream()
                        .anyMatch(changed -> Routine.called(changed).equals(Routine.called(name))));
        return of(snapshot.account(), version, left, marks, seen);
    }

    /** When Snowflake was last asked about the object, alone or with its whole database. */
    Instant seenAt(CatalogObject object) {
        return seenAt(object, seen);
    }

    private static Instant seenAt(CatalogObject object, Map<String, Instant> seen) {
        Instant all = seen.getOrDefault(object.name().database(), Instant.MIN);
        return all.isAfter(object.seenAt()) ? all : object.seenAt();
    }

    private static Loaded of(
            String account,
            long version,
            Map<ObjectName, CatalogObject> entries,
            ProtectionMarks marks,
            Map<String, Instant> seen) {
        List<CatalogObject> objects = marks.applyTo(new ArrayList<>(entries.values()));
        return of(version, entries, marks, seen, CatalogSnapshot.of(account, version, objects));
    }

    private static Loaded of(
            long version,
            Map<ObjectName, CatalogObject> entries,
            ProtectionMarks marks,
            Map<String, Instant> seen,
            CatalogSnapshot snapshot) {
        Instant oldest = entries.values().stream()
                .map(object -> seenAt(object, seen))
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
        return new Loaded(version, Map.copyOf(entries), marks, Map.copyOf(seen), snapshot, oldest);
    }
}

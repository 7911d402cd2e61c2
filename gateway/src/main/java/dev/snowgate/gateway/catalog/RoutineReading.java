package dev.snowgate.gateway.catalog;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Routine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a reading of all routines of one name does to the catalog. Pure. */
final class RoutineReading {
    /** Clocks of replicas may differ by this much. */
    private static final Duration SKEW = Duration.ofSeconds(10);

    private RoutineReading() {}

    /**
     * The routines that were found, without those that are gone. The name stays unread if a statement redefined it after it was asked for.
     *
     * @param known the catalog at the time of asking
     */
    static List<CatalogStore.Change> changes(
            CatalogSnapshot known, ObjectName unread, List<CatalogObject> found, Instant asked) {
        ObjectName called = Routine.called(unread);
        Set<ObjectName> names = found.stream().map(CatalogObject::name).collect(Collectors.toSet());
        List<CatalogStore.Change> changes = new ArrayList<>();
        known.routines(called).stream()
                .filter(object -> !names.contains(object.name()) && !Routine.isUnread(object.name()))
                .forEach(object -> changes.add(
                        new CatalogStore.Change(object.name(), before -> new CatalogStore.Stored(object, true))));
        found.forEach(object ->
                changes.add(new CatalogStore.Change(object.name(), before -> new CatalogStore.Stored(object, false))));
        Optional<Instant> since = known.find(unread).map(CatalogObject::seenAt);
        changes.add(new CatalogStore.Change(unread, before -> {
            Instant now = before.map(CatalogObject::seenAt).orElse(Instant.EPOCH);
            boolean same = since.map(now::equals).orElseGet(() -> now.isBefore(asked.minus(SKEW)));
            return new CatalogStore.Stored(
                    before.orElseGet(() -> Routine.unreadEntry(called, ObjectKind.FUNCTION, Instant.EPOCH)), same);
        }));
        return changes;
    }
}

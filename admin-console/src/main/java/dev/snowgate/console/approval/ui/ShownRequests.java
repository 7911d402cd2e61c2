package dev.snowgate.console.approval.ui;

import dev.snowgate.console.approval.ApprovalEntry;
import dev.snowgate.model.approval.ApprovalId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Which requests are on the page. While somebody looks, the list keeps its order: requests that ended keep their place and
 * say so, and requests that arrived are counted until they are let in. Pure.
 */
final class ShownRequests {
    private List<ApprovalEntry> shown = List.of();
    private List<ApprovalEntry> latest = List.of();
    private long horizon;
    private boolean cut;

    /** Everything joins at its place; {@code most} is how many were asked for. */
    List<ApprovalEntry> letIn(List<ApprovalEntry> now, int most) {
        latest = List.copyOf(now);
        shown = latest;
        cut = now.size() >= most;
        horizon = now.stream().mapToLong(entry -> entry.id().value()).max().orElse(0);
        return shown;
    }

    /**
     * Takes what the database says now, without moving a row.
     *
     * @param ended gives the facts of requests that are on the page and no longer in the list
     * @return the rows that say something else than before
     */
    List<ApprovalEntry> update(List<ApprovalEntry> now, Function<Set<ApprovalId>, List<ApprovalEntry>> ended) {
        latest = List.copyOf(now);
        Map<ApprovalId, ApprovalEntry> known = new HashMap<>();
        latest.forEach(entry -> known.put(entry.id(), entry));
        Set<ApprovalId> gone = new HashSet<>();
        shown.stream().map(ApprovalEntry::id).filter(id -> !known.containsKey(id)).forEach(gone::add);
        if (!gone.isEmpty()) {
            ended.apply(gone).forEach(entry -> known.put(entry.id(), entry));
        }
        List<ApprovalEntry> changed = new ArrayList<>();
        List<ApprovalEntry> rows = new ArrayList<>();
        for (ApprovalEntry before : shown) {
            ApprovalEntry entry = known.getOrDefault(before.id(), before);
            rows.add(entry);
            if (!entry.equals(before)) {
                changed.add(entry);
            }
        }
        shown = List.copyOf(rows);
        return changed;
    }

    /** How many arrived and are not on the page. In a list that was cut, older ones that moved up do not count. */
    int arrivals() {
        Set<ApprovalId> on = new HashSet<>();
        shown.forEach(entry -> on.add(entry.id()));
        return (int) latest.stream()
                .filter(entry -> !on.contains(entry.id()))
                .filter(entry -> !cut || entry.id().value() > horizon)
                .count();
    }

    /** The rows on the page, in their order. */
    List<ApprovalEntry> rows() {
        return shown;
    }
}

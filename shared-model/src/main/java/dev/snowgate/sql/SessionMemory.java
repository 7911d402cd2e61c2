package dev.snowgate.sql;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.SessionOverlay;
import dev.snowgate.catalog.SessionVariable;
import dev.snowgate.catalog.TemporaryColumn;
import dev.snowgate.catalog.TemporaryObject;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.sql.OutputColumn.Derivation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Between the overlay that a session remembers and the lineage that statements are read with. */
final class SessionMemory {
    private static final int MOST_ORIGINS = 5_000;
    private static final int MOST_IN_ALL = 20_000;

    private SessionMemory() {}

    /** Lineage of the temporary objects that earlier requests of the session made. */
    static Map<ObjectName, Rows> rows(SessionContext context) {
        Map<ObjectName, Rows> rows = new HashMap<>();
        for (TemporaryObject object : context.overlay().objects()) {
            rows.put(
                    object.name(),
                    new Rows(
                            object.name().name(),
                            object.name(),
                            object.columns().stream()
                                    .map(column ->
                                            new Rows.Column(column.column().name(), taint(column)))
                                    .toList()));
        }
        return rows;
    }

    /** Lineage of the variables that earlier requests of the session set. */
    static Map<String, Taint> variables(SessionContext context) {
        Map<String, Taint> taints = new HashMap<>();
        context.overlay().variables().forEach(variable -> taints.put(variable.name(), taint(variable.value())));
        return taints;
    }

    private static Taint taint(TemporaryColumn column) {
        if (!column.traced()) {
            return new Taint(column.origins(), Derivation.UNKNOWN, false);
        }
        Derivation derivation = column.origins().isEmpty()
                ? Derivation.CONSTANT
                : column.bare() ? Derivation.DIRECT : Derivation.PARTIAL;
        return new Taint(column.origins(), derivation, column.bare());
    }

    /** What the session remembers after a statement: of each temporary object and variable what it was made of. */
    static SessionOverlay after(Draft draft, CatalogSnapshot catalog) {
        SessionContext context = draft.after;
        List<TemporaryObject> objects = new ArrayList<>();
        draft.overlay.forEach((name, rows) -> {
            if (context.temporaryObjects().contains(name.toString())) {
                catalog.find(name)
                        .flatMap(object -> remembered(object, rows, draft))
                        .ifPresent(objects::add);
            }
        });
        List<SessionVariable> variables = new ArrayList<>();
        draft.variables.forEach((name, taint) -> {
            if (context.variables().contains(name)) {
                variables.add(new SessionVariable(name, variable(name, taint, draft)));
            }
        });
        SessionOverlay after = new SessionOverlay(
                context.overlay().known(), objects, variables, context.overlay().dropped());
        return size(after) > MOST_IN_ALL ? after.only(Set.of(), Set.of()) : after;
    }

    private static int size(SessionOverlay overlay) {
        return overlay.objects().stream()
                .flatMap(object -> object.columns().stream())
                .mapToInt(column -> column.origins().size() + 1)
                .sum();
    }

    /** Nothing is remembered of an object whose lineage would fill the session: then nothing of it is read. */
    private static Optional<TemporaryObject> remembered(CatalogObject object, Rows rows, Draft draft) {
        int origins = rows.columns().stream()
                .mapToInt(column -> column.taint().origins().size())
                .sum();
        if (origins > MOST_ORIGINS || rows.columns().size() != object.columns().size()) {
            return Optional.empty();
        }
        List<TemporaryColumn> columns = new ArrayList<>();
        for (int i = 0; i < rows.columns().size(); i++) {
            CatalogColumn column = object.columns().get(i);
            Taint taint = rows.columns().get(i).taint();
            columns.add(new TemporaryColumn(
                    column.protection().isPresent()
                            ? column
                            : column.withProtection(new Targets(draft).protection(taint)),
                    taint.origins(),
                    !taint.isUnknown(),
                    taint.bare()));
        }
        return Optional.of(new TemporaryObject(object.name(), object.kind(), columns));
    }

    private static TemporaryColumn variable(String name, Taint taint, Draft draft) {
        var protection = new Targets(draft).protection(taint);
        Set<dev.snowgate.catalog.ColumnName> origins = new HashSet<>(taint.origins());
        if (protection.isPresent()) {
            // stays protected whatever becomes of the columns that the value came from
            origins.add(SessionVariable.column(name));
        }
        return new TemporaryColumn(
                new CatalogColumn("VALUE", "VARIANT", true, protection), origins, !taint.isUnknown(), taint.bare());
    }
}

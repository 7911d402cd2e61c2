package dev.snowgate.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What stays with an object when it is read again: protection that came with copied values, because the values may still
 * be there, and tags and masking policies where the new reading did not ask for them.
 */
public final class CarriedOver {
    /** How the source of protection begins that came with copied values. */
    public static final String DERIVED = "derived:";

    /** How the tag of an object begins that keeps what was derived for a column that it does not have any more. */
    static final String REMEMBERED = "derived-before:";

    private CarriedOver() {}

    /**
     * What Snowflake says of the object now, with what was derived before for columns of the same names. What was derived for columns
     * that it does not have now is remembered with its name: an UNDROP may bring an earlier object of that name back.
     */
    public static CatalogObject derived(CatalogObject now, Optional<CatalogObject> before) {
        Map<String, Protection> derived = new HashMap<>();
        Set<String> tags = new HashSet<>(now.tags());
        before.ifPresent(object -> remembered(object).forEach((column, category) -> {
            if (now.column(column).isPresent()) {
                derived.put(column, new Protection(category, DERIVED + "an earlier object of this name"));
            } else {
                tags.add(REMEMBERED + column + "=" + category);
            }
        }));
        before.stream()
                .flatMap(object -> object.columns().stream())
                .forEach(column -> column.protection()
                        .filter(protection -> protection.source().startsWith(DERIVED))
                        .filter(protection -> column.name().equals(ColumnName.ANY)
                                || now.column(column.name()).isPresent())
                        .ifPresent(protection -> derived.put(column.name(), protection)));
        return protect(now.withTags(tags), derived);
    }

    /** Column to category of what was derived for columns that the object does not have any more. */
    private static Map<String, String> remembered(CatalogObject object) {
        Map<String, String> remembered = new HashMap<>();
        for (String tag : object.tags()) {
            int equals = tag.lastIndexOf('=');
            if (tag.startsWith(REMEMBERED) && equals > 0) {
                remembered.put(tag.substring(REMEMBERED.length(), equals), tag.substring(equals + 1));
            }
        }
        object.columns().stream()
                .filter(column -> !column.name().equals(ColumnName.ANY))
                .forEach(column -> column.protection()
                        .filter(protection -> protection.source().startsWith(DERIVED))
                        .ifPresent(protection -> remembered.put(column.name(), protection.category())));
        return remembered;
    }

    /** The same for a reading that asked for neither tags, masking policies nor figures. */
    public static CatalogObject all(CatalogObject now, Optional<CatalogObject> before) {
        CatalogObject derived = derived(now, before);
        if (before.isEmpty() || now.kind() == ObjectKind.STAGE) {
            // the tags of a stage say where it leads to: those of an earlier one of that name are not its own
            return derived;
        }
        CatalogObject known = before.get();
        List<CatalogColumn> columns = derived.columns().stream()
                .map(column -> known.column(column.name())
                        .filter(earlier ->
                                column.tags().isEmpty() && column.maskedBy().isEmpty())
                        .map(earlier -> column.withGovernance(earlier.tags(), earlier.maskedBy()))
                        .orElse(column))
                .toList();
        Set<String> tags = new HashSet<>(derived.tags());
        known.tags().stream().filter(tag -> !tag.startsWith(REMEMBERED)).forEach(tags::add);
        return new CatalogObject(
                now.name(),
                now.kind(),
                columns,
                now.definition(),
                tags,
                known.rows(),
                known.bytes(),
                Optional.empty(),
                now.seenAt(),
                now.routine());
    }

    /**
     * The object with these columns protected; columns that it does not list are added, so that nothing is forgotten. What is said of
     * {@link ColumnName#ANY} holds for all that nothing else protects.
     */
    public static CatalogObject protect(CatalogObject object, Map<String, Protection> derived) {
        List<CatalogColumn> columns = new ArrayList<>();
        Optional<Protection> ofAny = Optional.ofNullable(derived.get(ColumnName.ANY));
        for (CatalogColumn column : object.columns()) {
            Optional<Protection> added =
                    Optional.ofNullable(derived.get(column.name())).or(() -> ofAny);
            columns.add(column.withProtection(column.protection().or(() -> added)));
        }
        derived.forEach((name, protection) -> {
            if (!name.equals(ColumnName.ANY) && object.column(name).isEmpty()) {
                columns.add(new CatalogColumn(name, "", true, Optional.of(protection)));
            }
        });
        return object.withColumns(columns);
    }
}

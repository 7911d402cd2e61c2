package dev.snowgate.policy;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Protection;
import java.util.Optional;

/** Why a column counts as protected: by its mark, or because nobody can tell what is in it. */
public final class Protections {
    /** The category of columns that the catalogue cannot explain. */
    static final String UNKNOWN = "unknown";

    private Protections() {}

    /** Its protection; of category {@code unknown} where the catalogue cannot explain the column; empty if it has none. */
    public static Optional<Protection> of(CatalogSnapshot catalog, ColumnName column) {
        if (isMetadata(column.object())) {
            return Optional.empty();
        }
        Optional<CatalogObject> object = catalog.find(column.object());
        if (object.isEmpty() || object.get().column(column.column()).isEmpty()) {
            return Optional.of(new Protection(UNKNOWN, "not in the catalogue"));
        }
        Optional<Protection> marked = object.get().column(column.column()).get().protection();
        return marked.isPresent() || isReadable(object.get())
                ? marked
                : Optional.of(new Protection(UNKNOWN, "not readable"));
    }

    /** Metadata is allowed by its class; its columns are not catalogued. */
    private static boolean isMetadata(ObjectName name) {
        return name.schema().equals("INFORMATION_SCHEMA") || name.database().equals("SNOWFLAKE");
    }

    /** Whether it is a known table without any protected column. */
    static boolean isOpenTable(CatalogSnapshot catalog, ObjectName name) {
        return catalog.find(name)
                .filter(object -> object.kind() == ObjectKind.TABLE)
                .filter(object ->
                        object.columns().stream().allMatch(c -> c.protection().isEmpty()))
                .isPresent();
    }

    /** Whether it is catalogued, and whatever it shows can be followed to its source. */
    public static boolean isExplained(CatalogSnapshot catalog, ObjectName name) {
        return catalog.find(name).filter(Protections::isReadable).isPresent();
    }

    /** Tables hold what they hold; a view is explained by its text; nothing else can be followed to its source. */
    private static boolean isReadable(CatalogObject object) {
        return object.kind() == ObjectKind.TABLE
                || ((object.kind() == ObjectKind.VIEW || object.kind() == ObjectKind.MATERIALIZED_VIEW)
                        && object.definition().filter(text -> !text.isBlank()).isPresent());
    }
}

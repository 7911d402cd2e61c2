package dev.snowgate.console.catalog.ui;

import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectName;

/** A row of the tree, told apart by its name only: what it shows is asked for when it comes into view. */
sealed interface TreeRow {
    /** An object. */
    record OfObject(ObjectName name) implements TreeRow {}

    /** A column, below its object. */
    record OfColumn(ColumnName name) implements TreeRow {}
}

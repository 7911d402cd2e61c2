package dev.snowgate.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A session variable and what its value was made of; never the value. */
public record SessionVariable(String name, TemporaryColumn value) {
    /** The column that stands for the value of that variable wherever columns are named. */
    public static ColumnName column(String variable) {
        return new ColumnName(new ObjectName("", "", "$" + variable), "VALUE");
    }

    CatalogObject catalogued() {
        return new CatalogObject(
                column(name).object(),
                ObjectKind.OTHER,
                List.of(value.column()),
                Optional.empty(),
                Set.of(TemporaryObject.TAG),
                Instant.EPOCH);
    }
}

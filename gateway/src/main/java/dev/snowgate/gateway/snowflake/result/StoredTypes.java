package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.gateway.statement.ReplyColumn;
import dev.snowgate.sql.OutputColumn;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The types that results have of columns which are stored as they are shown. A result with another type comes from another table than the
 * one that was judged.
 */
final class StoredTypes {
    private StoredTypes() {}

    /** The first column whose type is not that of all columns that it is said to be; -1 if there is none. */
    static int contradiction(List<OutputColumn> lineage, List<ReplyColumn> columns, CatalogSnapshot catalog) {
        for (int i = 0; i < Math.min(lineage.size(), columns.size()); i++) {
            Optional<String> stored = type(lineage.get(i), catalog);
            if (stored.isPresent() && !stored.get().equals(columns.get(i).type().toLowerCase(Locale.ROOT))) {
                return i;
            }
        }
        return -1;
    }

    /** Empty where the value is computed, or columns of different or unknown types can be it. */
    private static Optional<String> type(OutputColumn column, CatalogSnapshot catalog) {
        if (column.derivation() != OutputColumn.Derivation.DIRECT) {
            return Optional.empty();
        }
        Set<Optional<String>> types =
                column.origins().stream().map(origin -> type(origin, catalog)).collect(Collectors.toSet());
        return types.size() == 1 ? types.iterator().next() : Optional.empty();
    }

    private static Optional<String> type(ColumnName column, CatalogSnapshot catalog) {
        return catalog.find(column.object())
                .flatMap(object -> object.columns().stream()
                        .filter(known -> known.name().equals(column.column()))
                        .map(CatalogColumn::type)
                        .findFirst()
                        .flatMap(StoredTypes::inResults));
    }

    /**
     * The type that a result says of a stored one. Empty for types that are shown in more than one way, such as shapes, and for names that
     * mean one type or another by a parameter.
     */
    private static Optional<String> inResults(String stored) {
        int bracket = stored.indexOf('(');
        String name =
                (bracket < 0 ? stored : stored.substring(0, bracket)).strip().toUpperCase(Locale.ROOT);
        return Optional.ofNullable(
                switch (name) {
                    case "NUMBER", "DECIMAL", "NUMERIC", "INT", "INTEGER", "BIGINT", "SMALLINT", "TINYINT", "BYTEINT" ->
                        "fixed";
                    case "FLOAT", "FLOAT4", "FLOAT8", "DOUBLE", "DOUBLE PRECISION", "REAL" -> "real";
                    case "VARCHAR", "TEXT", "STRING", "CHAR", "CHARACTER" -> "text";
                    case "BINARY", "VARBINARY" -> "binary";
                    case "DATETIME" -> "timestamp_ntz";
                    case "DECFLOAT",
                            "BOOLEAN",
                            "DATE",
                            "TIME",
                            "TIMESTAMP_NTZ",
                            "TIMESTAMP_LTZ",
                            "TIMESTAMP_TZ",
                            "VARIANT",
                            "OBJECT",
                            "ARRAY",
                            "MAP",
                            "VECTOR" -> name.toLowerCase(Locale.ROOT);
                    default -> null;
                });
    }
}

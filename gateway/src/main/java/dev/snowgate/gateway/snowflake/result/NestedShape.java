package dev.snowgate.gateway.snowflake.result;

import java.util.Optional;
import org.apache.arrow.flatbuf.Type;

/** How a column of structured values, or a part of one, lies in buffers. Not thread-safe. */
sealed interface NestedShape permits NestedMember, NestedObject, NestedList, NestedMap {
    /** Empty if something in it is of a kind that is not understood. */
    static Optional<NestedShape> of(ArrowField field) {
        if (field.dictionary()) {
            return Optional.empty();
        }
        return switch (field.type()) {
            case Type.List -> NestedList.of(field);
            case Type.Map -> NestedMap.of(field);
            case Type.Struct_ -> NestedMember.of(field).or(() -> NestedObject.of(field));
            default -> NestedMember.of(field);
        };
    }

    /** Fails unless the bytes of each row, and of all that is in it, are there. */
    void check(ArrowColumn column);

    /** Whether a row is null, in a column that was checked. */
    default boolean isNull(ArrowColumn column, int row) {
        return column.isNull(row);
    }

    /** Adds the JSON of a row that is not null. */
    void read(ArrowColumn column, int row, NestedJson json);

    /** Adds the JSON of a row. */
    default void readOrNull(ArrowColumn column, int row, NestedJson json) {
        if (isNull(column, row)) {
            json.add("null");
        } else {
            read(column, row, json);
        }
    }

    /** New buffers for at most the rows of a column. */
    NestedCells cells(ArrowColumn column);
}

package dev.snowgate.emulator.result;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a result, read once from first to last. A cell is null or, by the column's kind: Long, BigInteger or
 * BigDecimal (FIXED), Double, String (TEXT and all JSON kinds), Boolean, LocalDate, LocalTime, LocalDateTime (NTZ),
 * OffsetDateTime (LTZ, TZ), byte[] (BINARY).
 */
public interface RowSource {
    List<Column> columns();

    /** The next row, or null behind the last; the array may be used again by the source. */
    @Nullable
    Object @Nullable [] next();

    static RowSource of(List<Column> columns, List<@Nullable Object[]> rows) {
        Iterator<@Nullable Object[]> iterator = rows.iterator();
        return new RowSource() {
            @Override
            public List<Column> columns() {
                return columns;
            }

            @Override
            public @Nullable Object @Nullable [] next() {
                return iterator.hasNext() ? iterator.next() : null;
            }
        };
    }
}

package dev.snowgate.emulator.result;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as JSON arrays joined by commas, without the outer brackets; every cell a string or null. */
final class JsonRows implements RowEncoder {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private final OutputStream out;
    private final List<Column> columns;
    private final boolean booleanWords;
    private final StringBuilder text = new StringBuilder(512);
    private long written;

    JsonRows(OutputStream out, List<Column> columns, boolean booleanWords) {
        this.out = out;
        this.columns = columns;
        this.booleanWords = booleanWords;
    }

    @Override
    public void add(@Nullable Object[] row) throws IOException {
        text.setLength(0);
        text.append(written == 0 ? "[" : ",[");
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            Object value = row[i];
            if (value == null) {
                text.append("null");
            } else {
                quote(cell(columns.get(i), value));
            }
        }
        byte[] bytes = text.append(']').toString().getBytes(StandardCharsets.UTF_8);
        out.write(bytes);
        written += bytes.length;
    }

    @Override
    public long bytes() {
        return written;
    }

    @Override
    public void close() {
        // a list of rows has no end mark
    }

    private String cell(Column column, Object value) {
        return switch (value) {
            case Boolean b -> booleanWords ? b.toString() : b ? "1" : "0";
            case BigDecimal d -> d.toPlainString();
            case Double d -> real(d);
            case LocalDate d -> Long.toString(d.toEpochDay());
            case LocalTime t -> seconds(t.toSecondOfDay(), t.getNano(), column.scale());
            case LocalDateTime t -> seconds(t.toEpochSecond(ZoneOffset.UTC), t.getNano(), column.scale());
            case OffsetDateTime t -> {
                String seconds = seconds(t.toEpochSecond(), t.getNano(), column.scale());
                yield column.kind() == Column.Kind.TIMESTAMP_TZ
                        ? seconds + " " + (t.getOffset().getTotalSeconds() / 60 + 1440)
                        : seconds;
            }
            case byte[] bytes -> HEX.formatHex(bytes);
            default -> value.toString();
        };
    }

    private static String real(double d) {
        if (Double.isInfinite(d)) {
            return d > 0 ? "inf" : "-inf";
        }
        return Double.isNaN(d)
                ? "NaN"
                : d == Math.rint(d) && Math.abs(d) < 1e15 ? Long.toString((long) d) : Double.toString(d);
    }

    /** Epoch seconds with exactly {@code scale} decimals, right for moments before 1970 too. */
    private static String seconds(long seconds, int nanos, int scale) {
        boolean negative = seconds < 0 && nanos > 0;
        long whole = negative ? -(seconds + 1) : seconds;
        int fraction = negative ? 1_000_000_000 - nanos : nanos;
        String padded = Integer.toString(1_000_000_000 + fraction);
        String digits = padded.substring(1, 1 + scale);
        return (negative ? "-" : "") + whole + (scale == 0 ? "" : "." + digits);
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < 0x20) {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}

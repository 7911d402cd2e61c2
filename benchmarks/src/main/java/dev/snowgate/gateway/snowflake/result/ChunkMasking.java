package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.masking.Masks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Megabytes of rows per second, on one core, that the masking of a chunk takes from storage to client, beside inflating and
 * compressing the same bytes without looking at them. In the package of the codec, which is nobody else's.
 */
public final class ChunkMasking {
    private static final int ROWS = 400_000;
    private static final int PIECE = 32 * 1024;
    private static final int WARM_UPS = 3;
    private static final int RUNS = 7;

    private ChunkMasking() {}

    /** Prints the table. */
    public static void main(String[] arguments) throws IOException {
        byte[] rows = rows();
        byte[] chunk = gzip(rows, Deflater.DEFAULT_COMPRESSION);
        System.out.printf(
                Locale.ROOT,
                "%nOne chunk of %,d rows, %.1f MB inflated, %.1f MB compressed; medians of %d runs%n",
                ROWS,
                rows.length / 1e6,
                chunk.length / 1e6,
                RUNS);
        System.out.println("| work | MB/s of rows | to gunzip + gzip level 1 |");
        System.out.println("| --- | ---: | ---: |");
        double base = print("gunzip + gzip level 1", rows.length, 0, () -> recode(chunk, Deflater.BEST_SPEED));
        print("gunzip + gzip level 6", rows.length, base, () -> recode(chunk, 6));
        print("no masked column", rows.length, base, () -> codec(chunk, 0));
        print("1 masked column of 8", rows.length, base, () -> codec(chunk, 1));
        print("5 masked columns of 8", rows.length, base, () -> codec(chunk, 5));
    }

    private interface Work {
        long run() throws IOException;
    }

    private static double print(String name, int bytes, double base, Work work) throws IOException {
        for (int i = 0; i < WARM_UPS; i++) {
            work.run();
        }
        double[] rates = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            long began = System.nanoTime();
            work.run();
            rates[i] = bytes / 1e6 / ((System.nanoTime() - began) / 1e9);
        }
        Arrays.sort(rates);
        double rate = rates[RUNS / 2];
        System.out.printf(Locale.ROOT, "| %s | %.0f | %.2f |%n", name, rate, base == 0 ? 1.0 : rate / base);
        return rate;
    }

    private static long recode(byte[] chunk, int level) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(chunk.length);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(chunk), 64 * 1024);
                GZIPOutputStream gzip = new Leveled(out, level)) {
            in.transferTo(gzip);
        }
        return out.size();
    }

    private static long codec(byte[] chunk, int masked) {
        long bytes = 0;
        try (ChunkCodec codec = new ChunkCodec(new JsonRowMasker(cells(masked), RowEnvelope.CHUNK), true, true, Long.MAX_VALUE)) {
            for (int at = 0; at < chunk.length; at += PIECE) {
                codec.feed(Arrays.copyOfRange(chunk, at, Math.min(chunk.length, at + PIECE)));
                for (byte[] step = codec.step(); step != null; step = codec.step()) {
                    bytes += step.length;
                }
            }
            bytes += codec.finish().length;
            if (codec.rows() != ROWS || codec.maskedCells() != (long) masked * ROWS) {
                throw new IllegalStateException("the chunk was not masked as planned");
            }
        }
        return bytes;
    }

    private static CellMasks cells(int masked) {
        List<Mask> masks = List.of(
                Mask.of(MaskFunction.EMAIL),
                Mask.of(MaskFunction.INITIALS),
                Mask.of(MaskFunction.LAST4),
                Mask.of(MaskFunction.LAST4),
                new Mask(MaskFunction.REDACT, "[redacted]"));
        List<String> names =
                List.of("EMAIL", "FULL_NAME", "SSN", "PHONE", "NOTE", "CUSTOMER_ID", "COUNTRY", "CREATED_AT");
        List<MaskPlan.PlannedColumn> columns = java.util.stream.IntStream.range(0, names.size())
                .mapToObj(i -> new MaskPlan.PlannedColumn(
                        names.get(i), i < masked ? Optional.of(masks.get(i)) : Optional.empty(), "pii", "pii"))
                .toList();
        return CellMasks.of(
                new Masks(new byte[32]),
                new MaskPlan(columns, true),
                List.of("text", "text", "text", "text", "text", "fixed", "text", "timestamp_ntz"));
    }

    private static byte[] rows() {
        StringBuilder rows = new StringBuilder(ROWS * 130);
        for (int i = 0; i < ROWS; i++) {
            rows.append(i == 0 ? "[" : ",[");
            rows.append("\"mara.keller").append(i * 7919L % 1_000_003).append("@example.org\",\"Mara Keller\",\"");
            rows.append(100 + i % 800)
                    .append('-')
                    .append(10 + i % 90)
                    .append('-')
                    .append(1000 + i * 31L % 9000)
                    .append("\",\"+1 555 ");
            rows.append(1_000_000 + i * 7907L % 9_000_000)
                    .append("\",\"wrote about order ")
                    .append(i * 13L % 777_777);
            rows.append("\",\"")
                    .append(10_000 + i)
                    .append("\",\"DE\",\"17")
                    .append(66_500_000 + i)
                    .append(".000000000\"]");
        }
        return rows.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] bytes, int level) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4);
        try (GZIPOutputStream gzip = new Leveled(out, level)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static final class Leveled extends GZIPOutputStream {
        Leveled(ByteArrayOutputStream out, int level) throws IOException {
            super(out, 64 * 1024);
            def.setLevel(level);
        }
    }
}

package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.masking.Masks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Megabytes per second of processor time that a chunk of 20 columns takes from storage to client: JSON beside inflating and compressing the
 * same bytes without looking at them, Arrow beside copying the same messages or bytes. In the package of the codec, which is nobody else's.
 */
public final class ChunkMasking {
    private static final int JSON_ROWS = 120_000;
    private static final int ARROW_ROWS = 60_000;
    private static final int PIECE = 32 * 1024;
    /** Long enough for the compiler: a stream of Arrow takes milliseconds. */
    private static final long WARM_UP_NANOS = 1_500_000_000;

    /** Odd, since the one in the middle is told; a stream of Arrow takes two milliseconds, in which much can happen. */
    private static final int RUNS = 15;

    private static final List<String> TYPES = List.of(
            "fixed",
            "text",
            "text",
            "fixed",
            "text",
            "timestamp_ntz",
            "fixed",
            "text",
            "text",
            "date",
            "fixed",
            "text",
            "text",
            "fixed",
            "fixed",
            "text",
            "timestamp_ntz",
            "text",
            "fixed",
            "text");
    private static final List<String> NAMES =
            IntStream.range(0, TYPES.size()).mapToObj(i -> "C" + i).toList();

    private static final List<String> FIRST_NAMES = List.of(
            "Mara", "Jo", "Alexandra", "Tim", "Bernhard", "Anna-Lena", "Li", "Wei", "Fatima", "Noah", "Olivia", "Liam");
    private static final List<String> LAST_NAMES = List.of(
            "Keller", "Li", "Oppenheimer", "King", "O'Neill", "Garcia", "Smith", "Nguyen", "Rossi", "van Dyk", "Kim");
    private static final List<String> NUMBERS = List.of("", "", "1", "77", "1984", "23", "");
    private static final List<String> DOMAINS = List.of(
            "example.com",
            "example.com",
            "example.com",
            "example.com",
            "example.org",
            "example.org",
            "example.org",
            "example.net",
            "example.net",
            "post.example",
            "acme.example",
            "gm.example",
            "x.test",
            "uni.example.org",
            "mail.example.com",
            "some-company.example");

    /** Processor time of the working thread: what else runs on the machine matters less to it than to a clock. */
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private ChunkMasking() {}

    /** Prints the tables. */
    public static void main(String[] arguments) throws IOException {
        json();
        arrow();
    }

    private static void json() throws IOException {
        byte[] rows = rows();
        byte[] chunk = gzip(rows, Deflater.DEFAULT_COMPRESSION);
        System.out.printf(
                Locale.ROOT,
                "%nJSON: one chunk of %,d rows, %d columns, %.1f MB inflated, %.1f MB compressed; medians of %d runs%n",
                JSON_ROWS,
                TYPES.size(),
                rows.length / 1e6,
                chunk.length / 1e6,
                RUNS);
        System.out.println("| work | MB/s of rows | time to gunzip + gzip level 1 |");
        System.out.println("| --- | ---: | ---: |");
        double base = print("gunzip + gzip level 1, unread", rows.length, 0, () -> recode(chunk, Deflater.BEST_SPEED));
        print("gunzip + gzip level 6, unread", rows.length, base, () -> recode(chunk, 6));
        print("no masked column, gzip to gzip level 1", rows.length, base, () -> codec(chunk, true, true, 0));
        print("2 masked columns, gzip to gzip level 1", rows.length, base, () -> codec(chunk, true, true, 2));
        print("5 masked columns, gzip to gzip level 1", rows.length, base, () -> codec(chunk, true, true, 5));
        print("2 masked columns, gzip to identity", rows.length, base, () -> codec(chunk, true, false, 2));
        print("2 masked columns, identity to identity", rows.length, base, () -> codec(rows, false, false, 2));
        print("no masked column, passed compressed", rows.length, base, () -> pass(chunk));
    }

    private static void arrow() throws IOException {
        ArrowMasking arrow = new ArrowMasking(
                NAMES,
                IntStream.range(0, ARROW_ROWS).mapToObj(ChunkMasking::row).toList(),
                TYPES);
        System.out.printf(
                Locale.ROOT,
                "%nArrow: one stream of %,d rows, %d columns, %.1f MB, no compression; medians of %d runs%n",
                ARROW_ROWS,
                TYPES.size(),
                arrow.bytes() / 1e6,
                RUNS);
        System.out.println(
                "| work | MB/s of stream | to copying the bytes | to copying the messages | to the library | to a relay by sockets |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
        double[] bases = bases(arrow);
        printArrow("the bytes to another array, unread", bases[0], bases);
        printArrow("every message read, checked and written again", bases[1], bases);
        printArrow("read and written by Apache's Arrow library", bases[2], bases);
        printArrow("read from a socket and written to another", bases[3], bases);
        printArrow("2 masked columns, made null", rate(arrow.bytes(), () -> arrow.mask(nulls(2))), bases);
        printArrow("2 masked columns, a fixed text", rate(arrow.bytes(), () -> arrow.mask(fixed(2))), bases);
        printArrow("2 masked columns of text", rate(arrow.bytes(), () -> arrow.mask(cells(2))), bases);
        printArrow(
                "2 masked columns of text, written to memory",
                rate(arrow.bytes(), () -> arrow.maskToMemory(cells(2))),
                bases);
        printArrow("5 masked columns of text", rate(arrow.bytes(), () -> arrow.mask(cells(5))), bases);
        asChunk(arrow);
    }

    /** Inflated, digested and compressed, as the gateway serves it. */
    private static void asChunk(ArrowMasking arrow) throws IOException {
        byte[] chunk = gzip(arrow.stream(), Deflater.DEFAULT_COMPRESSION);
        System.out.println("| as a chunk | MB/s of stream | to copying its messages the same way |");
        System.out.println("| --- | ---: | ---: |");
        for (boolean gzipOut : new boolean[] {false, true}) {
            for (boolean gzipIn : new boolean[] {false, true}) {
                String way = (gzipIn ? "gzip" : "identity") + " to " + (gzipOut ? "gzip level 1" : "identity");
                byte[] input = gzipIn ? chunk : arrow.stream();
                double copied = print(
                        "every message read, checked and written again, " + way,
                        arrow.bytes(),
                        0,
                        () -> run(input, new ChunkCodec(arrow.copier(), gzipIn, gzipOut, Long.MAX_VALUE)));
                print(
                        "2 masked columns of text, " + way,
                        arrow.bytes(),
                        copied,
                        () -> run(input, new ChunkCodec(arrow.masker(cells(2)), gzipIn, gzipOut, Long.MAX_VALUE)));
            }
        }
        double unread =
                print("gunzip + gzip level 1, unread", arrow.bytes(), 0, () -> recode(chunk, Deflater.BEST_SPEED));
        print(
                "2 masked columns of text, gzip to gzip level 1, to that",
                arrow.bytes(),
                unread,
                () -> run(chunk, new ChunkCodec(arrow.masker(cells(2)), true, true, Long.MAX_VALUE)));
    }

    /** What "copying the stream" may mean: in memory, by the format's own library, from storage to a client. */
    private static double[] bases(ArrowMasking arrow) throws IOException {
        double bytes = rate(arrow.bytes(), arrow::copyBytes);
        double copy = rate(arrow.bytes(), arrow::copy);
        double library = rate(arrow.bytes(), arrow::throughLibrary);
        try (SocketRelay relay = new SocketRelay(arrow.stream())) {
            return new double[] {bytes, copy, library, rate(arrow.bytes(), relay::copy)};
        }
    }

    private static void printArrow(String name, double rate, double[] bases) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.2f | %.2f | %.2f | %.2f |%n",
                name,
                rate,
                bases[0] / rate,
                bases[1] / rate,
                bases[2] / rate,
                bases[3] / rate);
    }

    private interface Work {
        long run() throws IOException;
    }

    private static double print(String name, int bytes, double base, Work work) throws IOException {
        double rate = rate(bytes, work);
        System.out.printf(Locale.ROOT, "| %s | %.0f | %.2f |%n", name, rate, base == 0 ? 1.0 : base / rate);
        return rate;
    }

    private static double rate(int bytes, Work work) throws IOException {
        long warm = CLOCK.getCurrentThreadCpuTime() + WARM_UP_NANOS;
        while (CLOCK.getCurrentThreadCpuTime() < warm) {
            work.run();
        }
        double[] rates = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            long began = CLOCK.getCurrentThreadCpuTime();
            work.run();
            rates[i] = bytes / 1e6 / ((CLOCK.getCurrentThreadCpuTime() - began) / 1e9);
        }
        Arrays.sort(rates);
        return rates[RUNS / 2];
    }

    private static long recode(byte[] chunk, int level) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(chunk.length);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(chunk), 64 * 1024);
                GZIPOutputStream gzip = new Leveled(out, level)) {
            in.transferTo(gzip);
        }
        return out.size();
    }

    private static long codec(byte[] chunk, boolean gzipIn, boolean gzipOut, int masked) {
        RowMasker masker = new JsonRowMasker(cells(masked), RowEnvelope.CHUNK);
        long bytes = run(chunk, new ChunkCodec(masker, gzipIn, gzipOut, Long.MAX_VALUE));
        if (masker.rows() != JSON_ROWS || masker.maskedCells() > 0 != masked > 0) {
            throw new IllegalStateException("the chunk was not masked as planned");
        }
        return bytes;
    }

    private static long pass(byte[] chunk) {
        return run(chunk, new PassedChunk(JSON_ROWS, Long.MAX_VALUE));
    }

    private static long run(byte[] chunk, ChunkWork opened) {
        long bytes = 0;
        try (ChunkWork work = opened) {
            for (int at = 0; at < chunk.length; at += PIECE) {
                work.feed(Arrays.copyOfRange(chunk, at, Math.min(chunk.length, at + PIECE)));
                for (byte[] step = work.step(); step != null; step = work.step()) {
                    bytes += step.length;
                }
            }
            bytes += work.finish().length;
            bytes += work.digest().length;
        }
        return bytes;
    }

    private static CellMasks cells(int masked) {
        return cells(
                masked,
                List.of(
                        Mask.of(MaskFunction.EMAIL),
                        Mask.of(MaskFunction.INITIALS),
                        Mask.of(MaskFunction.LAST4),
                        Mask.of(MaskFunction.LAST4),
                        new Mask(MaskFunction.REDACT, "[redacted]")));
    }

    private static CellMasks fixed(int masked) {
        return cells(masked, java.util.Collections.nCopies(masked, new Mask(MaskFunction.REDACT, "[redacted]")));
    }

    private static CellMasks nulls(int masked) {
        return cells(masked, java.util.Collections.nCopies(masked, Mask.of(MaskFunction.NULL)));
    }

    /** The first columns of text are masked. */
    private static CellMasks cells(int masked, List<Mask> masks) {
        List<MaskPlan.PlannedColumn> columns = new ArrayList<>();
        int used = 0;
        for (int i = 0; i < TYPES.size(); i++) {
            boolean mask = used < masked && TYPES.get(i).equals("text");
            columns.add(new MaskPlan.PlannedColumn(
                    NAMES.get(i), mask ? Optional.of(masks.get(used++)) : Optional.empty(), "pii", "pii"));
        }
        return CellMasks.of(new Masks(new byte[32]), new MaskPlan(columns, true), TYPES);
    }

    private static @Nullable String[] row(int i) {
        String first = pick(FIRST_NAMES, i, 1);
        String last = pick(LAST_NAMES, i, 2);
        return new @Nullable String[] {
            Integer.toString(10_000 + i),
            (first + "." + last.replace(' ', '.') + pick(NUMBERS, i, 3) + "@" + pick(DOMAINS, i, 4))
                    .toLowerCase(Locale.ROOT),
            first + " " + last,
            Integer.toString(100 + i % 800),
            (100 + i % 800) + "-" + (10 + i % 90) + "-" + (1000 + i * 31L % 9000),
            (1_766_500_000 + i) + ".000000000",
            Long.toString(i * 7907L % 9_000_000),
            "+1 555 " + (1_000_000 + i * 7907L % 9_000_000),
            i % 7 == 0 ? null : "wrote about order " + i * 13L % 777_777,
            Integer.toString(18_000 + i % 2_000),
            Integer.toString(i % 13),
            "DE",
            "delivered",
            Long.toString(i * 104_729L % 99_999_999),
            Integer.toString(i % 3),
            "warehouse " + i % 40,
            (1_766_600_000 + i) + ".250000000",
            "standard",
            i % 11 == 0 ? null : Integer.toString(i % 100_000),
            "no remark"
        };
    }

    /** One of them, another for each number without a pattern, and the same in each run. */
    private static String pick(List<String> all, int i, int which) {
        return all.get((int) Long.remainderUnsigned((4L * i + which) * 0x9E37_79B9_7F4A_7C15L >>> 20, all.size()));
    }

    private static byte[] rows() {
        StringBuilder rows = new StringBuilder(JSON_ROWS * 260);
        for (int i = 0; i < JSON_ROWS; i++) {
            rows.append(i == 0 ? "[" : ",[");
            @Nullable String[] row = row(i);
            for (int c = 0; c < row.length; c++) {
                rows.append(c == 0 ? "" : ",");
                rows.append(row[c] == null ? "null" : "\"" + row[c] + "\"");
            }
            rows.append(']');
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

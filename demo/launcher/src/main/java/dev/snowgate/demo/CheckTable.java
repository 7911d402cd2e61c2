package dev.snowgate.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What the check saw, a row each; the check holds only if every row holds. */
final class CheckTable {
    private final List<Row> rows = new ArrayList<>();

    /** Adds a row. */
    void add(String what, boolean holds, String seen) {
        rows.add(new Row(what, holds, seen));
    }

    boolean allHold() {
        return !rows.isEmpty() && rows.stream().allMatch(Row::holds);
    }

    void print(PrintStream out) {
        int width = rows.stream().mapToInt(row -> row.what().length()).max().orElse(0);
        for (Row row : rows) {
            out.printf(
                    "  %s  %-" + Math.max(1, width) + "s  %s%n",
                    row.holds() ? "holds" : "FAILS",
                    row.what(),
                    oneLine(row.seen()));
        }
        long held = rows.stream().filter(Row::holds).count();
        out.printf("%n%d passed, %d failed%n", held, rows.size() - held);
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= 150 ? line : line.substring(0, 149) + "…";
    }

    private record Row(String what, boolean holds, String seen) {}
}

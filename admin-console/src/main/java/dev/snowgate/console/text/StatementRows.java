package dev.snowgate.console.text;

import dev.snowgate.console.text.MarkedText.Piece;
import java.util.ArrayList;
import java.util.List;

/**
 * A statement in rows that a page can carry: lines longer than a row go on in the next one, and rows come in batches, so
 * that a statement of a megabyte does not reach the browser at once. Nothing is left out. Pure.
 *
 * @param rows all rows in order
 */
public record StatementRows(List<Row> rows) {
    private static final int LONGEST = 1_000;
    private static final int MOST_PIECES = 120;
    private static final int BATCH_ROWS = 500;
    private static final int BATCH_PIECES = 6_000;

    /**
     * Part of a line.
     *
     * @param line the line's number from 0
     * @param continues whether it goes on from the row before
     */
    public record Row(int line, boolean continues, List<Piece> pieces) {
        @Override
        public String toString() {
            return "Row[" + line + ", " + pieces.size() + " pieces]";
        }
    }

    /** The rows of a text. */
    public static StatementRows of(MarkedText text) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < text.lines().size(); i++) {
            split(rows, i, text.lines().get(i));
        }
        return new StatementRows(List.copyOf(rows));
    }

    private static void split(List<Row> rows, int line, List<Piece> pieces) {
        List<Piece> row = new ArrayList<>();
        int room = LONGEST;
        boolean continues = false;
        for (Piece piece : pieces) {
            String rest = piece.text();
            while (!rest.isEmpty()) {
                if (room == 0 || row.size() == MOST_PIECES) {
                    rows.add(new Row(line, continues, List.copyOf(row)));
                    row.clear();
                    room = LONGEST;
                    continues = true;
                }
                int cut = cut(rest, room);
                row.add(new Piece(rest.substring(0, cut), piece.kind(), piece.mark()));
                rest = rest.substring(cut);
                room = rest.isEmpty() ? Math.max(0, room - cut) : 0;
            }
        }
        rows.add(new Row(line, continues, List.copyOf(row)));
    }

    /** Never between the two halves of one character. */
    private static int cut(String text, int room) {
        if (text.length() <= room) {
            return text.length();
        }
        return Character.isHighSurrogate(text.charAt(room - 1)) ? (room > 1 ? room - 1 : 2) : room;
    }

    /** Where the batch that begins at this row ends. */
    public int batchEnd(int from) {
        int pieces = 0;
        int at = from;
        while (at < rows.size() && at - from < BATCH_ROWS && pieces < BATCH_PIECES) {
            pieces += rows.get(at).pieces().size();
            at++;
        }
        return at;
    }
}

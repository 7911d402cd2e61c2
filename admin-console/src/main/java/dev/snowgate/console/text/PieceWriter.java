package dev.snowgate.console.text;

import dev.snowgate.console.text.MarkedText.Kind;
import dev.snowgate.console.text.MarkedText.Mark;
import dev.snowgate.console.text.MarkedText.Piece;
import java.util.ArrayList;
import java.util.List;

/** Gathers pieces into lines; neighbours of one kind and mark become one piece. */
final class PieceWriter {
    private final List<List<Piece>> lines = new ArrayList<>();
    private List<Piece> line = new ArrayList<>();

    void add(String text, Kind kind, Mark mark) {
        String[] parts = text.split("\n", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                lines.add(line);
                line = new ArrayList<>();
            }
            append(parts[i], kind, mark);
        }
    }

    private void append(String text, Kind kind, Mark mark) {
        String visible = VisibleText.of(text.replace("\r", ""));
        if (visible.isEmpty()) {
            return;
        }
        Piece last = line.isEmpty() ? null : line.getLast();
        if (last != null && last.kind() == kind && last.mark() == mark) {
            line.set(line.size() - 1, new Piece(last.text() + visible, kind, mark));
        } else {
            line.add(new Piece(visible, kind, mark));
        }
    }

    List<List<Piece>> lines() {
        if (!line.isEmpty()) {
            lines.add(line);
            line = new ArrayList<>();
        }
        // Comments at the end became blanks; nobody needs to read those.
        while (!lines.isEmpty()
                && lines.getLast().stream().allMatch(piece -> piece.text().isBlank())) {
            lines.removeLast();
        }
        return lines;
    }
}

package dev.snowgate.console.text;

import java.util.List;

/**
 * A statement ready to be shown: lines of pieces, and notes for the margin. Holds SQL, so {@code toString} shows sizes only.
 *
 * @param lines its lines in order
 * @param notes notes, each beside its line
 * @param characters length of the text that runs
 * @param hidden how many literals are not shown because they belong to protected columns
 */
public record MarkedText(List<List<Piece>> lines, List<Note> notes, int characters, int hidden) {
    public MarkedText {
        lines = List.copyOf(lines);
        notes = List.copyOf(notes);
    }

    /** A text without marks. */
    public static MarkedText plain(String text) {
        List<List<Piece>> lines = VisibleText.of(text)
                .lines()
                .map(line -> List.of(new Piece(line, Kind.PLAIN, Mark.NONE)))
                .toList();
        return new MarkedText(lines, List.of(), text.length(), 0);
    }

    @Override
    public String toString() {
        return "MarkedText[" + lines.size() + " lines]";
    }

    /** Some text of one kind under one mark. */
    public record Piece(String text, Kind kind, Mark mark) {
        @Override
        public String toString() {
            return "Piece[" + kind + ", " + mark + "]";
        }
    }

    /** A remark beside a line; {@code line} is 0-based. */
    public record Note(int line, String text, Mark mark) {}

    /** What a piece is to the eye. */
    public enum Kind {
        PLAIN,
        KEYWORD,
        LITERAL
    }

    /** What a piece means for the verdict. */
    public enum Mark {
        NONE,
        WHY,
        PROTECTED,
        REFUSED
    }
}

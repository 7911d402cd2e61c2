package dev.snowgate.console.shell;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import dev.snowgate.console.text.MarkedText;
import dev.snowgate.console.text.MarkedText.Mark;
import dev.snowgate.console.text.MarkedText.Note;
import dev.snowgate.console.text.MarkedText.Piece;
import java.util.List;

/** A statement with line numbers, marks and notes in the margin. Only text nodes: nothing of it can become markup. */
public final class SqlText extends Div {
    private static final long serialVersionUID = 1L;
    private static final int LINE = 21;
    private static final int TOP = 10;
    private static final int NOTE_CHARACTERS = 27;
    private static final int NOTE_LINE = 18;
    private static final int MOST_LINES = 2_000;

    public SqlText(MarkedText text) {
        addClassName("sg-statement-body");
        Div lines = Parts.div("sg-lines");
        lines.getElement().setAttribute("tabindex", "0");
        lines.getElement().setAttribute("role", "region");
        lines.getElement().setAttribute("aria-label", "Statement");
        List<List<Piece>> shown =
                text.lines().subList(0, Math.min(MOST_LINES, text.lines().size()));
        for (int i = 0; i < shown.size(); i++) {
            lines.add(line(i, shown.get(i), text.notes(), i == shown.size() - 1));
        }
        if (shown.size() < text.lines().size()) {
            lines.add(Parts.span((text.lines().size() - shown.size()) + " more lines are not shown here", "sg-small"));
        }
        add(lines);
        if (text.notes().isEmpty()) {
            addClassName("sg-no-notes");
        } else {
            add(notes(text.notes(), shown.size()));
        }
    }

    private static Div line(int number, List<Piece> pieces, List<Note> notes, boolean last) {
        Span code = Parts.span("", "sg-sql");
        Element marked = null;
        Mark open = Mark.NONE;
        for (Piece piece : pieces) {
            if (piece.mark() == Mark.NONE) {
                code.getElement().appendChild(element(piece));
            } else {
                if (marked == null || open != piece.mark()) {
                    marked = marking(piece.mark());
                    code.getElement().appendChild(marked);
                }
                marked.appendChild(element(piece));
            }
            open = piece.mark();
        }
        if (last) {
            code.addClassName("sg-statement-end");
        }
        notes.stream().filter(note -> note.line() == number).findFirst().ifPresent(note -> {
            code.getElement().setAttribute("aria-description", note.text());
        });
        return Parts.div("sg-code", Parts.span(String.valueOf(number + 1), "sg-no"), code);
    }

    private static Element element(Piece piece) {
        return switch (piece.kind()) {
            case PLAIN -> Element.createText(piece.text());
            case KEYWORD -> new Element("b").setText(piece.text());
            case LITERAL -> new Element("i").setText(piece.text());
        };
    }

    private static Element marking(Mark mark) {
        Element marked = new Element("span");
        marked.getClassList()
                .add(
                        switch (mark) {
                            case WHY -> "sg-why";
                            case PROTECTED -> "sg-protected";
                            case REFUSED -> "sg-refused";
                            case NONE -> "sg-plain";
                        });
        return marked;
    }

    /** Notes stand on their lines' grid and give way downwards. */
    private static Div notes(List<Note> notes, int lines) {
        Div margin = Parts.div("sg-notes");
        int free = 0;
        for (Note note : notes) {
            int rows = 1 + note.text().length() / NOTE_CHARACTERS;
            int top = Math.max(free, TOP + note.line() * LINE + 1);
            Div box = Parts.div("sg-note", new Span(note.text()));
            if (note.mark() == Mark.PROTECTED) {
                box.addClassName("sg-note-protected");
            } else if (note.mark() == Mark.REFUSED) {
                box.addClassName("sg-note-refused");
            }
            box.getStyle().set("top", top + "px");
            free = top + rows * NOTE_LINE + 4;
            margin.add(box);
        }
        margin.getStyle().set("min-height", Math.max(free, lines * LINE / 4) + "px");
        return margin;
    }
}

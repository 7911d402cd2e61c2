package dev.snowgate.console.shell;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import dev.snowgate.console.text.MarkedText;
import dev.snowgate.console.text.MarkedText.Mark;
import dev.snowgate.console.text.MarkedText.Note;
import dev.snowgate.console.text.MarkedText.Piece;
import dev.snowgate.console.text.StatementRows;
import dev.snowgate.console.text.StatementRows.Row;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A statement with line numbers, marks and notes in the margin. Only text nodes: nothing of it can become markup. */
public final class SqlText extends Div {
    private static final long serialVersionUID = 1L;
    private static final int LINE = 21;
    private static final int TOP = 10;
    private static final int NOTE_CHARACTERS = 27;
    private static final int NOTE_LINE = 18;
    private final transient MarkedText text;
    private final transient StatementRows rows;
    private final Div lines = Parts.div("sg-lines");
    private Div margin = new Div();
    private int shown;

    public SqlText(MarkedText text) {
        this.text = text;
        this.rows = StatementRows.of(text);
        addClassName("sg-statement-body");
        lines.getElement().setAttribute("tabindex", "0");
        lines.getElement().setAttribute("role", "region");
        lines.getElement().setAttribute("aria-label", "Statement");
        add(lines);
        if (text.notes().isEmpty()) {
            addClassName("sg-no-notes");
        } else {
            add(margin);
        }
        more();
    }

    /** The next rows. The end of the statement is what stands last: the last line, or the button that shows more. */
    private void more() {
        int from = shown;
        shown = rows.batchEnd(from);
        for (int i = from; i < shown; i++) {
            lines.add(line(rows.rows().get(i), i == rows.rows().size() - 1));
        }
        if (shown < rows.rows().size()) {
            int left = rows.rows().size() - shown;
            NativeButton next = Parts.button(
                    String.format(Locale.ROOT, "Show more, %,d lines are left", left),
                    "sg-tool sg-statement-end sg-statement-more",
                    () -> {});
            next.addClickListener(click -> {
                lines.remove(next);
                more();
                lines.getElement().callJsFunction("focus");
            });
            lines.add(next);
        }
        if (!text.notes().isEmpty()) {
            Div fresh = notes();
            replace(margin, fresh);
            margin = fresh;
        }
    }

    private Div line(Row row, boolean last) {
        Span code = Parts.span("", "sg-sql");
        Element marked = null;
        Mark open = Mark.NONE;
        for (Piece piece : row.pieces()) {
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
        String number = row.continues() ? "…" : String.valueOf(row.line() + 1);
        Div line = Parts.div("sg-code", Parts.span(number, "sg-no"), code);
        if (row.continues()) {
            code.getElement().setAttribute("data-continues", "");
            return line;
        }
        text.notes().stream()
                .filter(note -> note.line() == row.line())
                .findFirst()
                .ifPresent(note -> line.add(Parts.span(" (" + note.text() + ")", "sg-hidden")));
        return line;
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

    /** Notes stand on their lines' grid and give way downwards. Screen readers hear them after their line. */
    private Div notes() {
        Div notes = Parts.div("sg-notes");
        notes.getElement().setAttribute("aria-hidden", "true");
        Map<Integer, Integer> rowOf = new HashMap<>();
        for (int i = 0; i < shown; i++) {
            rowOf.putIfAbsent(rows.rows().get(i).line(), i);
        }
        int free = 0;
        for (Note note : text.notes()) {
            Integer row = rowOf.get(note.line());
            if (row == null) {
                continue;
            }
            int height = 1 + note.text().length() / NOTE_CHARACTERS;
            int top = Math.max(free, TOP + row * LINE + 1);
            Div box = Parts.div("sg-note", new Span(note.text()));
            if (note.mark() == Mark.PROTECTED) {
                box.addClassName("sg-note-protected");
            } else if (note.mark() == Mark.REFUSED) {
                box.addClassName("sg-note-refused");
            }
            box.getStyle().set("top", top + "px");
            free = top + height * NOTE_LINE + 4;
            notes.add(box);
        }
        notes.getStyle().set("min-height", Math.max(free, shown * LINE / 4) + "px");
        return notes;
    }
}

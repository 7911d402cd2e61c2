package dev.snowgate.console.text;

/** Text from agents and data, with every character that would hide or reorder it shown as a mark. */
public final class VisibleText {
    private VisibleText() {}

    /** The same text on several lines. */
    public static String of(String text) {
        return show(text, true);
    }

    /** The same text on one line, cut to that many characters. */
    public static String line(String text, int longest) {
        String shown = show(text, false);
        return shown.length() <= longest ? shown : shown.substring(0, longest - 1) + "…";
    }

    private static String show(String text, boolean keepLines) {
        if (text.codePoints().noneMatch(c -> isMarked(c, keepLines))) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (!keepLines && (c == '\n' || c == '\r' || c == '\t')) {
                out.append(' ');
            } else if (isMarked(c, keepLines)) {
                out.append('⟨').append(String.format("U+%04X", c)).append('⟩');
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    private static boolean isMarked(int c, boolean keepLines) {
        if (c == '\n' || c == '\t') {
            return !keepLines;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> c != ' ';
            default -> false;
        };
    }
}

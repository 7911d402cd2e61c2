package dev.snowgate.masking;

import java.text.Normalizer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text as detectors read it: digits, letters and signs of other widths and scripts in their plain form, spaces and
 * dashes of every kind as one, invisible characters left out. Places lead back to the text as it is.
 */
final class FoldedText {
    private static final int ASCII = 0x80;
    private final String original;
    private final String folded;
    /** Place of each folded character; null where nothing was folded. */
    private final int @Nullable [] places;

    private FoldedText(String original, String folded, int @Nullable [] places) {
        this.original = original;
        this.folded = folded;
        this.places = places;
    }

    static FoldedText of(String text) {
        int first = firstFoldable(text);
        return first < 0 ? new FoldedText(text, text, null) : fold(text, first);
    }

    String text() {
        return folded;
    }

    int start(int at) {
        return places == null ? at : places[at];
    }

    /** The end of what ends at that folded place, in the text as it is. */
    int end(int at) {
        if (places == null) {
            return at;
        }
        int last = places[at - 1];
        return last + Character.charCount(original.codePointAt(last));
    }

    private static int firstFoldable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ASCII && (Character.isSurrogate(c) || plain(c) != c)) {
                return i;
            }
        }
        return -1;
    }

    private static FoldedText fold(String text, int first) {
        StringBuilder folded = new StringBuilder(text.length()).append(text, 0, first);
        int[] places = new int[text.length()];
        Arrays.setAll(places, i -> i);
        for (int i = first; i < text.length(); ) {
            int c = text.codePointAt(i);
            int plain = c < ASCII ? c : plain(c);
            if (plain >= 0) {
                places[folded.length()] = i;
                // what is no plain sign may take one place only: a letter stands for it
                folded.append(plain < Character.MIN_SUPPLEMENTARY_CODE_POINT ? (char) plain : '\uFFFC');
            }
            i += Character.charCount(c);
        }
        return new FoldedText(text, folded.toString(), places);
    }

    /** The plain form, or -1 for what cannot be seen. */
    private static int plain(int c) {
        if (c >= 0xFF01 && c <= 0xFF5E) {
            return c - 0xFEE0;
        }
        int type = Character.getType(c);
        return switch (type) {
            case Character.DECIMAL_DIGIT_NUMBER -> '0' + Character.digit(c, 10);
            case Character.SPACE_SEPARATOR -> ' ';
            case Character.DASH_PUNCTUATION -> '-';
            case Character.FORMAT -> -1;
            default ->
                c == 0x2212 ? '-' : c == 0x3002 || c == 0xFF61 ? '.' : c >= 0xFE00 && c <= 0xFE0F ? -1 : compatible(c);
        };
    }

    /** Letters and signs that are another form of a plain one, such as mathematical letters and circled digits. */
    private static int compatible(int c) {
        boolean forms = c >= 0x1D400 && c <= 0x1D7FF
                || c >= 0x2460 && c <= 0x24FF
                || c >= 0xFE10 && c <= 0xFE6F
                || c >= 0x2070 && c <= 0x209C
                || c == 0xB2
                || c == 0xB3
                || c == 0xB9;
        if (!forms) {
            return c;
        }
        String normal = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC);
        return normal.length() == 1 && normal.charAt(0) < ASCII ? normal.charAt(0) : c;
    }
}

package dev.snowgate.masking;

/** Addresses around an at sign. */
final class EmailAddresses {
    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_DOMAIN = 253;

    private EmailAddresses() {}

    /** Where the local part of the address with that at sign begins, or -1. */
    static int start(String text, int at) {
        int start = at;
        while (start > 0 && at - start < LONGEST_LOCAL && isLocal(text.charAt(start - 1))) {
            start--;
        }
        while (start < at && !Text.isLetterOrDigit(text.charAt(start)) && text.charAt(start) != '_') {
            start++;
        }
        return start < at ? start : -1;
    }

    private static boolean isLocal(char c) {
        return switch (c) {
            case '.', '_', '%', '+', '-', '\'' -> true;
            default -> Text.isLetterOrDigit(c);
        };
    }

    /** The end of the domain after that at sign, or -1: at least two labels, the last of letters. */
    static int end(String text, int at) {
        int label = at + 1;
        int labels = 0;
        int end = -1;
        while (label < text.length() && label - at < LONGEST_DOMAIN) {
            int stop = label;
            while (stop < text.length() && (Text.isLetterOrDigit(text.charAt(stop)) || text.charAt(stop) == '-')) {
                stop++;
            }
            if (stop == label || text.charAt(label) == '-') {
                break;
            }
            labels++;
            // "ada@example.com-" is an address and a dash
            int trimmed = stop;
            while (text.charAt(trimmed - 1) == '-') {
                trimmed--;
            }
            boolean top = trimmed - label >= 2 && (letters(text, label, trimmed) || text.startsWith("xn--", label));
            if (labels >= 2 && top) {
                end = trimmed;
            }
            if (trimmed != stop || Text.at(text, stop) != '.') {
                break;
            }
            label = stop + 1;
        }
        return end;
    }

    private static boolean letters(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Character.isLetter(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}

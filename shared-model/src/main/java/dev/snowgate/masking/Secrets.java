package dev.snowgate.masking;

/** Keys and tokens that are known by their form. */
final class Secrets {
    private static final String PEM = "-----BEGIN ";
    private static final String PEM_END = "-----END ";
    private static final int LONGEST_PEM_NAME = 60;
    private static final int LONGEST_SLACK = 256;
    private static final int LONGEST_HEADER = 4096;

    private Secrets() {}

    /** Whether one of the formats begins with that character. */
    static boolean begins(char c) {
        return switch (c) {
            case 'A', 'g', 'x', 'e', 's', 'r', 'n', 'S', '-' -> true;
            default -> false;
        };
    }

    /** The end of the secret that begins there, or -1. */
    static int end(String text, int at) {
        char before = Text.at(text, at - 1);
        if (Text.isLetterOrDigit(text, at - 1) || (text.charAt(at) == '-' && before == '-')) {
            return -1;
        }
        return switch (text.charAt(at)) {
            case 'A' -> text.startsWith("AIza", at) ? exactly(text, at + 4, 35) : awsKeyId(text, at);
            case 'g' -> code(text, at);
            case 'x' -> slack(text, at);
            case 'e' -> text.startsWith("eyJ", at) ? webToken(text, at) : -1;
            case 's', 'r' -> stripe(text, at);
            case 'n' -> text.startsWith("npm_", at) ? exactly(text, at + 4, 36) : -1;
            case 'S' -> text.startsWith("SG.", at) ? sendGrid(text, at) : -1;
            case '-' -> text.startsWith(PEM, at) ? privateKey(text, at) : -1;
            default -> -1;
        };
    }

    private static int awsKeyId(String text, int at) {
        if (!text.startsWith("AKIA", at) && !text.startsWith("ASIA", at)) {
            return -1;
        }
        int end = at + 4;
        while (end < text.length()
                && (Text.isDigit(text.charAt(end)) || text.charAt(end) >= 'A' && text.charAt(end) <= 'Z')) {
            end++;
        }
        return end - at == 20 && !Text.isLetterOrDigit(text, end) ? end : -1;
    }

    /** Tokens of code hosts. */
    private static int code(String text, int at) {
        if (text.startsWith("github_pat_", at)) {
            return atLeast(text, at + 11, 22);
        }
        if (text.startsWith("glpat-", at)) {
            return atLeast(text, at + 6, 20);
        }
        boolean known = text.startsWith("gh", at)
                && "pousr".indexOf(Text.at(text, at + 2)) >= 0
                && Text.at(text, at + 3) == '_';
        return known ? atLeast(text, at + 4, 36) : -1;
    }

    private static int slack(String text, int at) {
        boolean known = text.startsWith("xapp-", at)
                || text.startsWith("xox", at)
                        && "abeprs".indexOf(Text.at(text, at + 3)) >= 0
                        && Text.at(text, at + 4) == '-';
        int end = known ? atLeast(text, at + 5, 10, LONGEST_SLACK) : -1;
        for (int i = at + 5; i < end; i++) {
            if (Text.isDigit(text.charAt(i))) {
                return end;
            }
        }
        return -1;
    }

    private static int stripe(String text, int at) {
        boolean known = text.startsWith("k_live_", at + 1) || text.startsWith("k_test_", at + 1);
        return known ? atLeast(text, at + 8, 16) : -1;
    }

    private static int sendGrid(String text, int at) {
        int first = atLeast(text, at + 3, 16);
        return first > 0 && Text.at(text, first) == '.' ? atLeast(text, first + 1, 16) : -1;
    }

    /** Header, claims and signature (which unsigned tokens do not have). */
    private static int webToken(String text, int at) {
        int header = atLeast(text, at, 10, LONGEST_HEADER);
        if (header < 0 || Text.at(text, header) != '.' || !text.startsWith("eyJ", header + 1)) {
            return -1;
        }
        int claims = atLeast(text, header + 1, 10);
        if (claims < 0 || Text.at(text, claims) != '.') {
            return -1;
        }
        int signature = atLeast(text, claims + 1, 1);
        return signature < 0 ? claims + 1 : signature;
    }

    /** To its end line; without one, everything is taken for the key. */
    private static int privateKey(String text, int at) {
        int line = text.indexOf("-----", at + PEM.length());
        if (line < 0
                || line - at > LONGEST_PEM_NAME
                || !text.substring(at, line).endsWith("PRIVATE KEY")) {
            return -1;
        }
        int last = text.indexOf(PEM_END, line);
        int end = last < 0 ? -1 : text.indexOf("-----", last + PEM_END.length());
        return end < 0 ? text.length() : end + 5;
    }

    private static int exactly(String text, int from, int count) {
        int end = atLeast(text, from, count);
        return end == from + count ? end : -1;
    }

    /** The end of a run of base64url characters, or -1 if it is shorter. */
    private static int atLeast(String text, int from, int least) {
        return atLeast(text, from, least, Integer.MAX_VALUE);
    }

    /** The same for runs that may turn out to be nothing: a limit keeps the whole in linear time. */
    private static int atLeast(String text, int from, int least, int most) {
        int end = from;
        while (end < text.length() && end - from < most) {
            char c = text.charAt(end);
            if (c >= 0x80 || !Text.isLetterOrDigit(c) && c != '_' && c != '-') {
                break;
            }
            end++;
        }
        return end - from >= least ? end : -1;
    }
}

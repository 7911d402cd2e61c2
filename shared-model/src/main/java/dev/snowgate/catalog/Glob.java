package dev.snowgate.catalog;

import java.util.Collection;
import java.util.List;

/** {@code *} for any text, {@code ?} for one character; everything else literally. Linear time, no regular expression. */
public record Glob(String pattern) {
    public static final Glob ANY = new Glob("*");

    /** Whether it stands for one text only. */
    public boolean isExact() {
        return pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0;
    }

    public boolean matches(String text) {
        if (pattern.equals("*")) {
            return true;
        }
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    public static boolean anyMatches(List<Glob> globs, String text) {
        for (Glob glob : globs) {
            if (glob.matches(text)) {
                return true;
            }
        }
        return false;
    }

    public static boolean anyMatches(List<Glob> globs, Collection<String> texts) {
        return texts.stream().anyMatch(text -> anyMatches(globs, text));
    }
}

package dev.snowgate.yaml;

import java.util.Collection;
import java.util.Optional;

/** "Did you mean" by edit distance. */
public final class Suggestion {
    private Suggestion() {}

    /** A sentence that names the nearest known word, or all known words where there are few; else empty text. */
    public static String among(Collection<String> known, String written) {
        Optional<String> nearest = known.stream()
                .filter(word -> distance(word, written) <= Math.max(1, (written.length() + 1) / 3))
                .min((a, b) -> Integer.compare(distance(a, written), distance(b, written)));
        if (nearest.isPresent()) {
            return "Did you mean '" + nearest.get() + "'?";
        }
        return known.isEmpty() || known.size() > 24
                ? ""
                : "Known: " + String.join(", ", known.stream().sorted().toList()) + ".";
    }

    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
                current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + (same ? 0 : 1));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}

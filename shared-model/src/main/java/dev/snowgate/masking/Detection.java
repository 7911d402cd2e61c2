package dev.snowgate.masking;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What content detection looks for.
 *
 * @param detectors built-in detectors
 * @param regions countries whose phone numbers are found without a calling code, such as {@code CH}
 * @param patterns patterns of the policy by name, in the syntax of RE2 (linear time); what one finds becomes its name in
 *     brackets
 */
public record Detection(Set<Detector> detectors, List<String> regions, Map<String, String> patterns) {
    private static final int LONGEST_PATTERN = 500;
    private static final int MOST_PATTERNS = 20;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    public Detection {
        EnumSet<Detector> ordered = EnumSet.noneOf(Detector.class);
        ordered.addAll(detectors);
        detectors = java.util.Collections.unmodifiableSet(ordered);
        regions = List.copyOf(new TreeSet<>(regions));
        patterns = java.util.Collections.unmodifiableMap(new TreeMap<>(patterns));
        if (detectors.isEmpty() && patterns.isEmpty()) {
            throw new IllegalArgumentException("a detection needs detectors or patterns");
        }
        if (patterns.size() > MOST_PATTERNS) {
            throw new IllegalArgumentException("a detection has at most " + MOST_PATTERNS + " patterns");
        }
        regions.forEach(PhoneMask::of);
        patterns.forEach(Detection::check);
    }

    /** Fails with a message for people if that pattern cannot be used. */
    public static void check(String name, String pattern) {
        if (!NAME.matches(name)) {
            throw new IllegalArgumentException(
                    "a pattern's name has lower-case letters, digits and dashes, at most 32");
        }
        if (pattern.length() > LONGEST_PATTERN) {
            throw new IllegalArgumentException("a pattern has at most " + LONGEST_PATTERN + " characters");
        }
        try {
            if (Pattern.matches(pattern, "")) {
                throw new IllegalArgumentException("a pattern must not match the empty text");
            }
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("not a pattern of RE2: " + e.getDescription(), e);
        }
    }

    /** All of both. */
    Detection with(Detection other) {
        Set<Detector> all = EnumSet.noneOf(Detector.class);
        all.addAll(detectors);
        all.addAll(other.detectors);
        List<String> places = new ArrayList<>(regions);
        places.addAll(other.regions);
        Map<String, String> both = new TreeMap<>(patterns);
        other.patterns.forEach((name, pattern) -> {
            String mine = both.putIfAbsent(name, pattern);
            if (mine != null && !mine.equals(pattern)) {
                both.put(name, "(?:" + mine + ")|(?:" + pattern + ")");
            }
        });
        return new Detection(all, places, both);
    }

    Set<String> placeholders() {
        Set<String> texts = new TreeSet<>();
        detectors.forEach(detector -> texts.add("[" + detector.word() + "]"));
        patterns.keySet().forEach(name -> texts.add("[" + name + "]"));
        return texts;
    }

    String argument() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        var words = document.putArray("detectors");
        detectors.forEach(detector -> words.add(detector.word()));
        var places = document.putArray("regions");
        regions.forEach(places::add);
        ObjectNode named = document.putObject("patterns");
        patterns.forEach(named::put);
        return document.toString();
    }

    static Detection of(String argument) {
        JsonNode document = Json.tree(argument);
        Set<Detector> detectors = EnumSet.noneOf(Detector.class);
        for (JsonNode word : document.path("detectors")) {
            detectors.add(
                    Detector.valueOf(word.stringValue().toUpperCase(Locale.ROOT).replace('-', '_')));
        }
        List<String> regions = new ArrayList<>();
        document.path("regions").forEach(region -> regions.add(region.stringValue()));
        Map<String, String> patterns = new TreeMap<>();
        document.path("patterns")
                .properties()
                .forEach(entry -> patterns.put(entry.getKey(), entry.getValue().stringValue()));
        return new Detection(detectors, regions, patterns);
    }
}

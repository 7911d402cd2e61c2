package dev.snowgate.policy;

import dev.snowgate.catalog.Glob;
import dev.snowgate.catalog.NameGlob;
import dev.snowgate.model.network.Network;
import dev.snowgate.yaml.Suggestion;
import dev.snowgate.yaml.YamlNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads single values of policy files; {@code $name} in a list stands for the items of that variable. */
final class PolicyWords {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,99}");
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,6})(s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,6})(B|KB|MB|GB|TB)");
    private static final Map<String, Integer> SHIFTS = Map.of("KB", 10, "MB", 20, "GB", 30, "TB", 40);
    private static final Duration LONGEST = Duration.ofDays(366);
    private final Map<String, List<String>> variables;

    PolicyWords(Map<String, List<String>> variables) {
        this.variables = variables;
    }

    /** A text with the place that it was written at. */
    record Word(String text, YamlNode node) {}

    List<Word> words(YamlNode node) {
        List<Word> words = new ArrayList<>();
        for (YamlNode item : node.itemsOrSelf()) {
            Optional<String> text = item.text();
            if (text.isEmpty()) {
                continue;
            }
            if (!text.get().startsWith("$")) {
                words.add(new Word(text.get(), item));
                continue;
            }
            List<String> values = variables.get(text.get().substring(1));
            if (values == null) {
                item.problem(
                        "There is no variable '" + text.get() + "'.",
                        Suggestion.among(variables.keySet(), text.get().substring(1)));
            } else {
                values.forEach(value -> words.add(new Word(value, item)));
            }
        }
        if (words.isEmpty() && node.isList() && node.items().isEmpty()) {
            node.problem("An empty list would match nothing.", "Leave the field out, or list something.");
        }
        return words;
    }

    List<Glob> globs(YamlNode node) {
        return words(node).stream().map(word -> new Glob(word.text())).toList();
    }

    List<NameGlob> names(YamlNode node, int mostParts) {
        return words(node).stream()
                .flatMap(word -> name(word, mostParts).stream())
                .toList();
    }

    static Optional<NameGlob> name(Word word, int mostParts) {
        Optional<NameGlob> glob = NameGlob.parse(word.text(), mostParts);
        if (glob.isEmpty()) {
            String form = mostParts == 4 ? "DATABASE.SCHEMA.OBJECT.COLUMN" : "DATABASE.SCHEMA.OBJECT";
            word.node()
                    .problem("'" + word.text() + "' is not a pattern for names.", "Write " + form + ", with * and ?.");
        }
        return glob;
    }

    <E extends Enum<E>> Set<E> constants(Class<E> type, YamlNode node) {
        Set<E> found = new LinkedHashSet<>();
        for (Word word : words(node)) {
            constant(type, word).ifPresent(found::add);
        }
        return Set.copyOf(found);
    }

    static <E extends Enum<E>> Optional<E> constant(Class<E> type, YamlNode node) {
        return node.text().flatMap(text -> constant(type, new Word(text, node)));
    }

    private static <E extends Enum<E>> Optional<E> constant(Class<E> type, Word word) {
        Optional<E> found = Words.find(type, word.text());
        if (found.isEmpty()) {
            word.node()
                    .problem(
                            "'" + word.text() + "' is not known here.", Suggestion.among(Words.all(type), word.text()));
        }
        return found;
    }

    /** A name of a file, rule or mask: it appears in errors and in the recording. */
    static Optional<String> name(YamlNode node) {
        Optional<String> name = node.text();
        name.filter(text -> !NAME.matcher(text).matches())
                .ifPresent(text -> node.problem(
                        "'" + text + "' is not a name.", "Use lower-case letters, digits and dashes, at most 100."));
        return name;
    }

    static Optional<Duration> duration(YamlNode node) {
        Optional<String> text = node.text();
        Optional<Duration> duration = text.flatMap(PolicyWords::duration).filter(d -> d.compareTo(LONGEST) <= 0);
        if (text.isPresent() && duration.isEmpty()) {
            node.problem("'" + text.get() + "' is not a duration.", "Write 90s, 15m, 4h or 2d.");
        }
        return duration;
    }

    private static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unit = matcher.group(2);
        try {
            return Optional.of(Duration.parse(
                    unit.equals("d")
                            ? "P" + matcher.group(1) + "D"
                            : "PT" + matcher.group(1) + unit.toUpperCase(java.util.Locale.ROOT)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    List<Network> networks(YamlNode node) {
        List<Network> networks = new ArrayList<>();
        for (Word word : words(node)) {
            Optional<Network> network = Network.parse(word.text());
            network.ifPresent(networks::add);
            if (network.isEmpty()) {
                word.node()
                        .problem(
                                "'" + word.text() + "' is not a network.",
                                "Write 10.1.0.0/16, 2001:db8::/32 or one address, without bits behind the prefix.");
            }
        }
        return List.copyOf(networks);
    }

    /** Bytes; units are powers of 1024. */
    static Optional<Long> size(YamlNode node) {
        Optional<String> text = node.text();
        Optional<Long> size = text.map(SIZE::matcher)
                .filter(Matcher::matches)
                .map(m -> Long.parseLong(m.group(1)) << SHIFTS.getOrDefault(m.group(2), 0));
        if (text.isPresent() && size.isEmpty()) {
            node.problem("'" + text.get() + "' is not a size.", "Write 500KB, 10MB, 2GB or 1TB.");
        }
        return size;
    }

    static Optional<Long> count(YamlNode node) {
        Optional<String> text = node.text();
        Optional<Long> count = text.filter(t -> t.matches("[1-9][0-9]{0,11}")).map(Long::valueOf);
        if (text.isPresent() && count.isEmpty()) {
            node.problem("'" + text.get() + "' is not a number above 0.", "");
        }
        return count;
    }
}

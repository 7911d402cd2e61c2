package dev.snowgate.policy;

import dev.snowgate.masking.Detection;
import dev.snowgate.masking.Detector;
import dev.snowgate.masking.JsonPaths;
import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.TextKind;
import dev.snowgate.yaml.YamlFields;
import dev.snowgate.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what a mask does: a function, with fields of its own. */
final class MaskReader {
    private static final int LONGEST_ARGUMENT = 200;
    /** The fields of each function; functions without any are not in it. */
    private static final Map<MaskFunction, Set<String>> FIELDS = Map.of(
            MaskFunction.REDACT, Set.of("argument"),
            MaskFunction.PARTIAL, Set.of("first", "last"),
            MaskFunction.PHONE, Set.of("region"),
            MaskFunction.ROUND, Set.of("digits"),
            MaskFunction.BUCKET, Set.of("width"),
            MaskFunction.JSON_PATH, Set.of("paths", "inner"),
            MaskFunction.DETECT, Set.of("detectors", "regions", "patterns"),
            MaskFunction.SCAN, Set.of("detectors", "regions", "patterns", "types"));

    private static final Set<String> ALL = Stream.concat(
                    Stream.of("function"), FIELDS.values().stream().flatMap(Set::stream))
            .collect(Collectors.toUnmodifiableSet());

    private final PolicyWords words;

    MaskReader(PolicyWords words) {
        this.words = words;
    }

    Optional<Mask> read(YamlNode node) {
        if (node.isNullWord()) {
            return Optional.of(Mask.of(MaskFunction.NULL));
        }
        if (!node.isMapping()) {
            return PolicyWords.constant(MaskFunction.class, node).flatMap(function -> bare(function, node));
        }
        Optional<YamlFields> fields = node.fields(ALL);
        Optional<MaskFunction> function =
                fields.flatMap(f -> f.required("function")).flatMap(n -> PolicyWords.constant(MaskFunction.class, n));
        return function.flatMap(f -> with(f, fields.orElseThrow()));
    }

    /** A function by its name alone. */
    private static Optional<Mask> bare(MaskFunction function, YamlNode node) {
        return switch (function) {
            case PARTIAL -> missing(node, "partial", "first and last");
            case BUCKET -> missing(node, "bucket", "width");
            case JSON_PATH -> missing(node, "json-path", "paths");
            case DETECT -> Optional.of(Mask.detect(everything()));
            case SCAN -> Optional.of(Mask.scan(everything(), EnumSet.allOf(TextKind.class)));
            case NULL, REDACT, EMAIL, LAST4, INITIALS, HASH, YEAR, MONTH, ROUND, PHONE, IP ->
                Optional.of(Mask.of(function));
        };
    }

    private static Optional<Mask> missing(YamlNode node, String function, String fields) {
        node.problem("The mask " + function + " needs " + fields + ".", "Write {function: " + function + ", …}.");
        return Optional.empty();
    }

    private Optional<Mask> with(MaskFunction function, YamlFields fields) {
        Set<String> own = FIELDS.getOrDefault(function, Set.of());
        for (String key : ALL) {
            if (!key.equals("function") && !own.contains(key)) {
                fields.get(key)
                        .ifPresent(n -> n.problem(
                                "The mask " + Words.of(function) + " has no '" + key + "'.", "Leave it out."));
            }
        }
        YamlNode node = fields.node();
        return switch (function) {
            case NULL, EMAIL, LAST4, INITIALS, HASH, YEAR, MONTH, IP -> Optional.of(Mask.of(function));
            case REDACT -> Optional.of(new Mask(function, argument(fields)));
            case PARTIAL -> made(node, () -> Mask.partial(number(fields, "first", 0), number(fields, "last", 0)));
            case PHONE -> made(fields.get("region").orElse(node), () -> Mask.phone(fields.text("region", "")));
            case ROUND ->
                fields.has("digits")
                        ? made(fields.get("digits").orElse(node), () -> Mask.round(number(fields, "digits", 0)))
                        : Optional.of(Mask.of(function));
            case BUCKET ->
                fields.required("width")
                        .flatMap(width -> made(width, () -> Mask.bucket(new BigDecimal(fields.text("width", "")))));
            case JSON_PATH -> paths(fields);
            case DETECT -> detection(fields).map(Mask::detect);
            case SCAN -> detection(fields).flatMap(d -> made(node, () -> Mask.scan(d, types(fields))));
        };
    }

    private static String argument(YamlFields fields) {
        Optional<YamlNode> node = fields.get("argument");
        String text = fields.text("argument", "");
        if (text.length() > LONGEST_ARGUMENT) {
            node.ifPresent(n -> n.problem("The argument is longer than " + LONGEST_ARGUMENT + " characters.", ""));
        }
        return text;
    }

    private Optional<Mask> paths(YamlFields fields) {
        Optional<YamlNode> node = fields.required("paths");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        List<String> paths = new ArrayList<>();
        for (PolicyWords.Word word : listed(node.get())) {
            made(word.node(), () -> {
                        JsonPaths.check(word.text());
                        return word.text();
                    })
                    .ifPresent(paths::add);
        }
        Optional<JsonPaths.Inner> inner = fields.get("inner")
                .map(n -> n.isNullWord()
                        ? Optional.of(JsonPaths.Inner.NULL)
                        : PolicyWords.constant(JsonPaths.Inner.class, n))
                .orElse(Optional.of(JsonPaths.Inner.REDACT));
        return paths.isEmpty() || inner.isEmpty()
                ? Optional.empty()
                : made(node.get(), () -> Mask.jsonPath(new JsonPaths(paths, inner.get())));
    }

    /** Texts as they are: a path begins with the sign that otherwise stands before a variable. */
    private static List<PolicyWords.Word> listed(YamlNode node) {
        List<PolicyWords.Word> texts = new ArrayList<>();
        node.itemsOrSelf().forEach(item -> item.text().ifPresent(text -> texts.add(new PolicyWords.Word(text, item))));
        if (texts.isEmpty()) {
            node.problem("An empty list would match nothing.", "List at least one path, such as $.email.");
        }
        return texts;
    }

    private Optional<Detection> detection(YamlFields fields) {
        Optional<YamlNode> detectors = fields.get("detectors");
        Map<String, String> patterns = patterns(fields);
        Set<Detector> found = detectors
                .map(n -> words.constants(Detector.class, n))
                .orElse(patterns.isEmpty() ? everything().detectors() : Set.of());
        List<String> regions = new ArrayList<>();
        fields.get("regions")
                .map(words::words)
                .orElse(List.of())
                .forEach(word ->
                        made(word.node(), () -> Mask.phone(word.text())).ifPresent(m -> regions.add(m.argument())));
        if (found.isEmpty() && patterns.isEmpty()) {
            fields.node().problem("A detection needs detectors or patterns.", "");
            return Optional.empty();
        }
        return made(fields.node(), () -> new Detection(found, regions, patterns));
    }

    private static Map<String, String> patterns(YamlFields fields) {
        Map<String, String> patterns = new LinkedHashMap<>();
        fields.get("patterns")
                .flatMap(YamlNode::entries)
                .ifPresent(entries -> entries.forEach((name, node) -> node.text()
                        .flatMap(text -> made(node, () -> {
                            Detection.check(name, text);
                            return text;
                        }))
                        .ifPresent(text -> patterns.put(name, text))));
        return patterns;
    }

    private Set<TextKind> types(YamlFields fields) {
        return fields.get("types").map(n -> words.constants(TextKind.class, n)).orElse(EnumSet.allOf(TextKind.class));
    }

    private static Detection everything() {
        return new Detection(EnumSet.allOf(Detector.class), List.of(), Map.of());
    }

    private static int number(YamlFields fields, String key, int fallback) {
        String text = fields.text(key, "");
        if (text.isEmpty()) {
            return fallback;
        }
        if (!text.matches("-?[0-9]{1,4}")) {
            throw new IllegalArgumentException(key + " is a number");
        }
        return Integer.parseInt(text);
    }

    /** What the supplier makes; what it says against it is a problem at the node. */
    private static <T> Optional<T> made(YamlNode node, Supplier<T> supplier) {
        try {
            return Optional.of(supplier.get());
        } catch (NumberFormatException e) {
            node.problem("This is not a number.", "");
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            node.problem("Not a mask: " + message + ".", "");
        }
        return Optional.empty();
    }
}

package dev.snowgate.catalog;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One way by which columns become protected, as it is stored.
 *
 * @param kind what it looks at
 * @param pattern MARK: {@code DATABASE.SCHEMA.OBJECT.COLUMN} with globs; TAG: glob on the tag's name; POLICY: glob on the
 *     masking policy's name, {@code DATABASE.SCHEMA.NAME}; NAME: RE2 regular expression found in the catalogued name of a
 *     column
 * @param value TAG: glob on the tag's value, without regard to case; else {@code *}
 * @param objects NAME: globs on {@code DATABASE.SCHEMA.OBJECT} within which it holds; else empty
 * @param category the category that policies speak of
 * @param source where it is written, for people
 */
public record ProtectionRule(
        Kind kind, String pattern, String value, List<String> objects, String category, String source) {
    private static final java.util.regex.Pattern CATEGORY = java.util.regex.Pattern.compile("[a-z][a-z0-9-]{0,59}");

    /** What a rule looks at, the strongest first: its category is the one that counts. */
    public enum Kind {
        MARK,
        TAG,
        POLICY,
        NAME
    }

    public ProtectionRule {
        objects = List.copyOf(objects);
    }

    /** A mark on columns by their names. */
    public static ProtectionRule mark(String pattern, String category, String source) {
        return new ProtectionRule(Kind.MARK, pattern, "*", List.of(), category, source);
    }

    /** The mark of exactly one column; empty if its name cannot be written as a pattern. */
    public static Optional<String> pattern(ColumnName column) {
        List<String> parts = List.of(
                column.object().database(),
                column.object().schema(),
                column.object().name(),
                column.column());
        if (parts.stream().anyMatch(part -> part.isEmpty() || part.matches("(?s).*[\"*?].*"))) {
            return Optional.empty();
        }
        return Optional.of(parts.stream()
                .map(part -> part.matches("[A-Z_][A-Z0-9_$]*") ? part : '"' + part + '"')
                .collect(Collectors.joining(".")));
    }

    /** Whether the text has the form of a category. */
    public static boolean isCategory(String text) {
        return CATEGORY.matcher(text).matches();
    }

    /** Why the rule cannot be understood, if it cannot. A rule that is skipped would protect nothing. */
    public Optional<String> problem() {
        return switch (kind) {
            case MARK ->
                NameGlob.parse(pattern, 4)
                                .filter(glob -> glob.parts().size() == 4)
                                .isPresent()
                        ? Optional.empty()
                        : Optional.of("'" + pattern + "' is not a pattern for columns.");
            case TAG -> pattern.isBlank() ? Optional.of("The tag has no name.") : Optional.empty();
            case POLICY ->
                NameGlob.parse(pattern, 3).isPresent()
                        ? Optional.empty()
                        : Optional.of("'" + pattern + "' is not a pattern for masking policies.");
            case NAME -> regexProblem().or(this::objectsProblem);
        };
    }

    private Optional<String> regexProblem() {
        try {
            Pattern.compile(pattern);
            return Optional.empty();
        } catch (PatternSyntaxException wrong) {
            return Optional.of("'" + pattern + "' is not a regular expression: " + wrong.getDescription() + ".");
        }
    }

    private Optional<String> objectsProblem() {
        return objects.stream()
                .filter(glob -> NameGlob.parse(glob, 3).isEmpty())
                .findFirst()
                .map(glob -> "'" + glob + "' is not a pattern for objects.");
    }

    /**
     * The rule ready to be asked.
     *
     * @throws IllegalStateException if it cannot be understood
     */
    Matcher matcher() {
        problem().ifPresent(problem -> {
            throw new IllegalStateException("a rule of protection cannot be read: " + problem);
        });
        return switch (kind) {
            case MARK -> {
                NameGlob columns = NameGlob.parse(pattern, 4).orElseThrow();
                yield (object, column) -> columns.matches(new ColumnName(object.name(), column.name()))
                        ? Optional.of(source)
                        : Optional.empty();
            }
            case TAG -> {
                Glob name = new Glob(pattern.toUpperCase(Locale.ROOT));
                Glob wanted = new Glob(value.toUpperCase(Locale.ROOT));
                yield (object, column) -> Tags.effective(object, column).entrySet().stream()
                        .filter(tag -> name.matches(tag.getKey().toUpperCase(Locale.ROOT))
                                && wanted.matches(tag.getValue().toUpperCase(Locale.ROOT)))
                        .map(tag -> "tag:" + tag.getKey() + (tag.getValue().isEmpty() ? "" : "=" + tag.getValue()))
                        .sorted()
                        .findFirst();
            }
            case POLICY -> {
                NameGlob policies = NameGlob.parse(pattern, 3).orElseThrow();
                boolean simple = policies.parts().size() == 1;
                yield (object, column) -> column.maskedBy()
                        .filter(policy -> simple
                                ? policies.parts().getFirst().matches(policy.substring(policy.lastIndexOf('.') + 1))
                                : NameGlob.parse("\"" + policy.replace(".", "\".\"") + "\"", 3)
                                        .filter(parts -> parts.parts().size() == 3)
                                        .filter(parts -> policies.matches(new ObjectName(
                                                parts.parts().get(0).pattern(),
                                                parts.parts().get(1).pattern(),
                                                parts.parts().get(2).pattern())))
                                        .isPresent())
                        .map(policy -> "policy:" + policy);
            }
            case NAME -> {
                Pattern names = Pattern.compile(pattern);
                List<NameGlob> within = objects.stream()
                        .map(glob -> NameGlob.parse(glob, 3).orElseThrow())
                        .toList();
                yield (object, column) -> names.matcher(column.name()).find()
                                && (within.isEmpty() || within.stream().anyMatch(glob -> glob.matches(object.name())))
                        ? Optional.of("rule:" + pattern + " (" + source + ")")
                        : Optional.empty();
            }
        };
    }

    /** Asks whether a column is meant; if it is, gives the source to show. */
    interface Matcher {
        Optional<String> source(CatalogObject object, CatalogColumn column);
    }
}

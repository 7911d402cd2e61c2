package dev.snowgate.catalog;

import dev.snowgate.catalog.ProtectionRule.Kind;
import dev.snowgate.yaml.YamlException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Protects columns, on top of whatever the objects were loaded from: by marks on names, by Snowflake's own tags and
 * masking policies, and by rules on catalogued names. It can add protection, never remove it. Where several sources speak
 * of one column, all of them are shown and the category is that of the first: a mark, then the column that the values were
 * copied from, a tag, a masking policy, a rule on names; among marks the last one.
 */
public final class ProtectionMarks {
    /** Category of a column that Snowflake masks by a policy that no rule gives another category. */
    public static final String MASKED_UPSTREAM = "masked-upstream";

    private static final String DERIVED = "derived:";
    private final List<ProtectionRule> rules;
    private final List<ProtectionRule.Matcher> matchers;

    private ProtectionMarks(List<ProtectionRule> rules) {
        this.rules = List.copyOf(rules);
        this.matchers = rules.stream().map(ProtectionRule::matcher).toList();
    }

    /** No marks; columns under a masking policy of Snowflake are protected all the same. */
    public static ProtectionMarks none() {
        return new ProtectionMarks(List.of());
    }

    /**
     * Those rules.
     *
     * @throws IllegalStateException if one cannot be understood
     */
    public static ProtectionMarks of(List<ProtectionRule> rules) {
        return new ProtectionMarks(rules);
    }

    /**
     * The rules of a file of kind {@code Protection}.
     *
     * @throws YamlException naming every problem with its place
     */
    public static ProtectionMarks read(String file, String text) {
        return new ProtectionMarks(ProtectionYaml.read(file, text));
    }

    public List<ProtectionRule> rules() {
        return rules;
    }

    /** The objects with their columns marked. */
    public List<CatalogObject> applyTo(List<CatalogObject> objects) {
        return objects.stream().map(this::applyTo).toList();
    }

    /** The object with its columns marked. */
    public CatalogObject applyTo(CatalogObject object) {
        return object.withColumns(object.columns().stream()
                .map(column -> column.withProtection(protection(object, column)))
                .toList());
    }

    private Optional<Protection> protection(CatalogObject object, CatalogColumn column) {
        List<Protection> found = sources(object, column);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Set<String> sources = new LinkedHashSet<>();
        found.forEach(protection -> sources.add(protection.source()));
        return Optional.of(new Protection(found.getFirst().category(), String.join(", ", sources)));
    }

    /** Everything that speaks of a column of an object to which no marks were applied, the strongest first: its category counts. */
    public List<Protection> sources(CatalogObject object, CatalogColumn column) {
        List<Protection> found = new ArrayList<>();
        Optional<Protection> own = column.protection();
        boolean derived = own.filter(protection -> protection.source().startsWith(DERIVED))
                .isPresent();
        found(Kind.MARK, object, column).reversed().forEach(found::add);
        own.filter(protection -> !derived).ifPresent(found::add);
        own.filter(protection -> derived).ifPresent(found::add);
        found.addAll(found(Kind.TAG, object, column));
        found.addAll(found(Kind.POLICY, object, column));
        column.maskedBy().ifPresent(policy -> found.add(new Protection(MASKED_UPSTREAM, "policy:" + policy)));
        found.addAll(found(Kind.NAME, object, column));
        return found;
    }

    /** The columns of which the rule speaks, in the objects' order. */
    public static List<ColumnName> matched(ProtectionRule rule, Collection<CatalogObject> objects) {
        ProtectionRule.Matcher matcher = rule.matcher();
        return objects.stream()
                .flatMap(object -> object.columns().stream()
                        .filter(column -> matcher.source(object, column).isPresent())
                        .map(column -> new ColumnName(object.name(), column.name())))
                .toList();
    }

    private List<Protection> found(Kind kind, CatalogObject object, CatalogColumn column) {
        List<Protection> found = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).kind() == kind) {
                String category = rules.get(i).category();
                matchers.get(i).source(object, column).ifPresent(source -> found.add(new Protection(category, source)));
            }
        }
        return found;
    }

    /** Marks and rules on names that match no column of these objects, as written: probably misspelt. */
    public List<String> unmatched(List<CatalogObject> objects) {
        List<String> unmatched = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            ProtectionRule.Matcher matcher = matchers.get(i);
            Kind kind = rules.get(i).kind();
            boolean used = objects.stream()
                    .anyMatch(object -> object.columns().stream()
                            .anyMatch(column -> matcher.source(object, column).isPresent()));
            if (!used && (kind == Kind.MARK || kind == Kind.NAME)) {
                unmatched.add(rules.get(i).pattern());
            }
        }
        return unmatched;
    }
}

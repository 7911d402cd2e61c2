package dev.snowgate.catalog;

import dev.snowgate.yaml.YamlException;
import dev.snowgate.yaml.YamlFields;
import dev.snowgate.yaml.YamlNode;
import dev.snowgate.yaml.YamlProblems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Marks columns as protected, by exact name or glob, on top of whatever the objects were loaded from. A later mark wins
 * over an earlier one; a mark never removes protection.
 */
public final class ProtectionMarks {
    private static final Pattern CATEGORY = Pattern.compile("[a-z][a-z0-9-]{0,59}");
    private static final Set<String> FILE_FIELDS = Set.of("apiVersion", "kind", "description", "protect");
    private final List<Mark> marks;

    ProtectionMarks(List<Mark> marks) {
        this.marks = List.copyOf(marks);
    }

    record Mark(String written, NameGlob columns, Protection protection) {}

    /** No marks. */
    public static ProtectionMarks none() {
        return new ProtectionMarks(List.of());
    }

    /**
     * Marks of a file of kind {@code Protection}.
     *
     * @throws YamlException naming every problem with its place
     */
    public static ProtectionMarks read(String file, String text) {
        YamlProblems problems = new YamlProblems();
        List<Mark> marks = new ArrayList<>();
        YamlNode.parse(file, text, problems)
                .flatMap(root -> root.fields(FILE_FIELDS))
                .ifPresent(fields -> {
                    CatalogYaml.header(fields, "Protection");
                    fields.required("protect");
                    marks.addAll(marks(file, fields));
                });
        problems.check();
        return new ProtectionMarks(marks);
    }

    static List<Mark> marks(String file, YamlFields root) {
        List<Mark> marks = new ArrayList<>();
        for (YamlNode item : root.get("protect").map(YamlNode::items).orElse(List.of())) {
            Optional<YamlFields> fields = item.fields(Set.of("column", "category", "source"));
            Optional<YamlNode> column = fields.flatMap(f -> f.required("column"));
            Optional<String> category =
                    fields.flatMap(f -> f.required("category")).flatMap(ProtectionMarks::category);
            String source = fields.map(f -> f.text("source", "yaml:" + file)).orElse("");
            Optional<String> written = column.flatMap(YamlNode::text);
            Optional<NameGlob> glob = written.flatMap(text -> NameGlob.parse(text, 4));
            if (written.isPresent() && glob.filter(g -> g.parts().size() == 4).isEmpty()) {
                column.get()
                        .problem(
                                "'" + written.get() + "' is not a pattern for columns.",
                                "Write DATABASE.SCHEMA.OBJECT.COLUMN.");
            }
            if (glob.isPresent() && category.isPresent()) {
                marks.add(new Mark(written.get(), glob.get(), new Protection(category.get(), source)));
            }
        }
        return marks;
    }

    static Optional<String> category(YamlNode node) {
        Optional<String> category = node.text();
        if (category.isPresent() && !CATEGORY.matcher(category.get()).matches()) {
            node.problem("'" + category.get() + "' is not a category.", "Use lower-case letters, digits and dashes.");
            return Optional.empty();
        }
        return category;
    }

    /** The objects with their columns marked. */
    public List<CatalogObject> applyTo(List<CatalogObject> objects) {
        return marks.isEmpty()
                ? List.copyOf(objects)
                : objects.stream().map(this::applyTo).toList();
    }

    /** The object with its columns marked. */
    public CatalogObject applyTo(CatalogObject object) {
        List<CatalogColumn> columns = object.columns().stream()
                .map(column -> column.withProtection(
                        markOf(new ColumnName(object.name(), column.name())).or(column::protection)))
                .toList();
        return object.withColumns(columns);
    }

    /** Patterns that match no column of these objects, as written: probably misspelt. */
    public List<String> unmatched(List<CatalogObject> objects) {
        return marks.stream()
                .filter(mark -> objects.stream()
                        .noneMatch(object -> object.columns().stream()
                                .anyMatch(column ->
                                        mark.columns().matches(new ColumnName(object.name(), column.name())))))
                .map(Mark::written)
                .toList();
    }

    private Optional<Protection> markOf(ColumnName column) {
        return marks.reversed().stream()
                .filter(mark -> mark.columns().matches(column))
                .map(Mark::protection)
                .findFirst();
    }
}

package dev.snowgate.yaml;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A value in a YAML text with its place. Every accessor reports what does not fit and goes on. */
public final class YamlNode {
    private static final int MOST_CHARACTERS = 32 * 1024 * 1024;
    private final String file;
    private final Node node;
    private final YamlProblems problems;
    private final List<String> lines;

    private YamlNode(String file, Node node, YamlProblems problems, List<String> lines) {
        this.file = file;
        this.node = node;
        this.problems = problems;
        this.lines = lines;
    }

    private YamlNode with(Node other) {
        return new YamlNode(file, other, problems, lines);
    }

    /** The one document of the text, empty (with a problem) if it cannot be read. */
    public static Optional<YamlNode> parse(String file, String text, YamlProblems problems) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_CHARACTERS);
        options.setMaxAliasesForCollections(50);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            if (root == null) {
                problems.add(new YamlProblem(file, 1, 1, "The file is empty.", ""));
                return Optional.empty();
            }
            return Optional.of(new YamlNode(file, root, problems, text.lines().toList()));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            String what = e.getProblem() == null ? "cannot be read" : e.getProblem();
            problems.add(new YamlProblem(
                    file,
                    mark == null ? 1 : mark.getLine() + 1,
                    mark == null ? 1 : mark.getColumn() + 1,
                    "Not valid YAML: " + what + ".",
                    ""));
            return Optional.empty();
        } catch (YAMLException e) {
            problems.add(new YamlProblem(file, 1, 1, "Not valid YAML.", ""));
            return Optional.empty();
        }
    }

    public String file() {
        return file;
    }

    /** 1-based. */
    public int line() {
        return node.getStartMark().getLine() + 1;
    }

    /** 1-based. */
    public int column() {
        return node.getStartMark().getColumn() + 1;
    }

    public boolean isMapping() {
        return node instanceof MappingNode;
    }

    public boolean isList() {
        return node instanceof SequenceNode;
    }

    public boolean isText() {
        return node instanceof ScalarNode;
    }

    /** Whether this is the word {@code null}, which YAML takes for nothing. */
    public boolean isNullWord() {
        return node instanceof ScalarNode scalar && scalar.getValue().equals("null");
    }

    /** Reports a problem at this place. */
    public void problem(String message, String suggestion) {
        problems.add(new YamlProblem(file, line(), column(), message, suggestion));
    }

    /** Reports a problem inside this text, {@code line} and {@code column} counted from its first character (1, 0). */
    public void problemInside(int line, int column, String message, String suggestion) {
        int atLine = line() + line - 1;
        int atColumn = column() + column;
        if (node instanceof ScalarNode scalar) {
            ScalarStyle style = scalar.getScalarStyle();
            if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
                atLine++;
                atColumn = column + 1 + indentation(atLine);
            } else if (style != ScalarStyle.PLAIN) {
                atColumn++;
            }
        }
        problems.add(new YamlProblem(file, atLine, atColumn, message, suggestion));
    }

    private int indentation(int line) {
        String text = line <= lines.size() ? lines.get(line - 1) : "";
        return text.length() - text.stripLeading().length();
    }

    /** The fields of this mapping; unknown and repeated keys are problems. */
    public Optional<YamlFields> fields(Set<String> known) {
        Optional<Map<String, YamlNode>> entries = entries();
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key && !known.contains(key.getValue())) {
                with(key).problem("Unknown field '" + key.getValue() + "'.", Suggestion.among(known, key.getValue()));
            }
        }
        return Optional.of(new YamlFields(this, entries.get()));
    }

    /** All entries of this mapping, in order. */
    public Optional<Map<String, YamlNode>> entries() {
        if (!(node instanceof MappingNode mapping)) {
            problem("A mapping of fields is expected here, not " + kind() + ".", "");
            return Optional.empty();
        }
        Map<String, YamlNode> values = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            YamlNode key = with(tuple.getKeyNode());
            key.text().ifPresent(name -> {
                if (values.put(name, with(tuple.getValueNode())) != null) {
                    key.problem("'" + name + "' is given twice.", "");
                }
            });
        }
        return Optional.of(values);
    }

    /** The items of this list. */
    public List<YamlNode> items() {
        if (!(node instanceof SequenceNode list)) {
            problem("A list is expected here, not " + kind() + ".", "Write [" + "a, b].");
            return List.of();
        }
        return list.getValue().stream().map(item -> with(item)).toList();
    }

    /** The items of this list, or this single value. */
    public List<YamlNode> itemsOrSelf() {
        return isList() ? items() : List.of(this);
    }

    /** The text of this scalar, whatever YAML would make of it. */
    public Optional<String> text() {
        if (node instanceof ScalarNode scalar && !Tag.NULL.equals(scalar.getTag())) {
            return Optional.of(scalar.getValue());
        }
        problem("A text is expected here, not " + kind() + ".", "");
        return Optional.empty();
    }

    /** Texts of this list, or this single text. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        itemsOrSelf().forEach(item -> item.text().ifPresent(texts::add));
        return texts;
    }

    private String kind() {
        if (isMapping()) {
            return "a mapping";
        }
        return isList() ? "a list" : Tag.NULL.equals(node.getTag()) ? "nothing" : "a text";
    }
}

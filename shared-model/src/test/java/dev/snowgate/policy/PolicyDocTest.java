package dev.snowgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import dev.snowgate.catalog.CatalogYaml;
import dev.snowgate.catalog.ProtectionMarks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of the page is true: it compiles, fits the schema, and every field of rules has one. */
class PolicyDocTest {
    private static final Path PAGE = Path.of("..", "docs", "policy.md");
    private static final Path CATALOG_PAGE = Path.of("..", "docs", "catalog.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[a-z.-]+`|) \\| `(.+?)` \\|");
    private static final String HEAD = "apiVersion: snowgate.dev/v1\nkind: Policy\nname: doc\n";

    static Stream<String> blocks() throws IOException {
        List<String> blocks = new ArrayList<>();
        for (Path page : List.of(PAGE, CATALOG_PAGE)) {
            Matcher matcher = BLOCK.matcher(Files.exists(page) ? Files.readString(page) : "");
            while (matcher.find()) {
                blocks.add(matcher.group(1));
            }
        }
        return blocks.stream();
    }

    /** Rows of the table of fields, each as a rule of its own. */
    static Stream<String> fields() throws IOException {
        String page = Files.readString(PAGE);
        String table = page.substring(page.indexOf("| field | example | meaning |"), page.indexOf("### Obligations"));
        List<String> rules = new ArrayList<>();
        Matcher matcher = ROW.matcher(table);
        String field = "";
        while (matcher.find()) {
            field = matcher.group(1).isEmpty() ? field : matcher.group(1).replace("`", "");
            rules.add(rule(field, matcher.group(2).replace("\\|", "|")));
        }
        return rules.stream();
    }

    private static String rule(String field, String example) {
        String line = field.startsWith("statements.")
                ? "statements: {" + field.substring("statements.".length()) + ": " + example + "}"
                : field + ": " + example;
        String rest = switch (field) {
            case "name" -> "effect: deny\n    reason: r";
            case "effect", "reason" -> "name: n\n    " + (field.equals("reason") ? "effect: deny" : "reason: r");
            case "objects" -> "name: n\n    effect: allow";
            default -> "name: n\n    effect: allow\n    objects: any";
        };
        return HEAD + "rules:\n  - " + rest + "\n    " + line + "\n";
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void every_example_is_read_and_fits_the_schema(String block) throws IOException {
        String text = block.startsWith("apiVersion")
                ? block
                : block.startsWith("  - ") ? HEAD + "rules:\n" + block : HEAD + block;
        assertThat(PolicyCompileTest.schema().validate(text, InputFormat.YAML)).isEmpty();
        if (text.contains("\nkind: Catalog")) {
            assertThat(CatalogYaml.read("doc", text)).isNotEmpty();
        } else if (text.contains("\nkind: Protection")) {
            assertThat(ProtectionMarks.read("doc", text)).isNotNull();
        } else if (!text.contains("\nkind: Suite")) {
            PolicySource pack =
                    new PolicySource("pack.yaml", "apiVersion: snowgate.dev/v1\nkind: Pack\nname: driver-essentials\n");
            assertThat(PolicySet.compile(1, List.of(new PolicySource("doc.yaml", text), pack)))
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void every_example_of_a_field_compiles_and_fits_the_schema(String policy) throws IOException {
        assertThat(PolicyCompileTest.schema().validate(policy, InputFormat.YAML))
                .isEmpty();
        assertThat(PolicySet.compile(1, List.of(new PolicySource("doc.yaml", policy))))
                .isNotNull();
    }

    @Test
    void every_field_and_every_variable_of_conditions_is_documented() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(fields().count()).isGreaterThanOrEqualTo(25);
        assertThat(MatchReader.FIELDS)
                .filteredOn(field -> !field.equals("statements"))
                .allSatisfy(field -> assertThat(page).contains("| `" + field + "` | `"));
        assertThat(ConditionVariables.TYPES.keySet())
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }
}

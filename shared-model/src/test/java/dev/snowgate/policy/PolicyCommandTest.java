package dev.snowgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PolicyCommandTest {
    private static final String POLICIES = "../policies";
    private static final String CATALOG = "../policies/catalog.yaml";
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private Path statements;

    @BeforeEach
    void statements() throws IOException {
        statements = folder.resolve("s.jsonl");
        Files.writeString(statements, """
            {"id": 1, "sql": "select country, email from customers"}
            {"id": "two", "sql": "drop table prod.crm.customers"}

            {"id": 3, "sql": "selectt 1"}
            not json
            """);
    }

    private int run(String... arguments) {
        return PolicyCommand.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void decide_writes_one_line_for_each_statement() {
        // When
        int code = run(
                "policy",
                "decide",
                "--policies",
                POLICIES,
                "--catalog",
                CATALOG,
                "--database",
                "PROD",
                "--schema",
                "CRM",
                "--groups",
                "analysts-masked,support",
                "--statements",
                statements.toString(),
                "--json");

        // Then
        assertThat(code).isEqualTo(1);
        List<JsonNode> lines = jsonLines();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0).path("id").asInt()).isEqualTo(1);
        assertThat(lines.get(0).path("kinds").toString()).isEqualTo("[\"select\"]");
        assertThat(lines.get(0).path("decision").asString()).isEqualTo("allow");
        assertThat(lines.get(0).path("masked_output_columns").toString()).isEqualTo("[1]");
        assertThat(lines.get(0).path("touches").toString()).isEqualTo("[\"read PROD.CRM.CUSTOMERS\"]");
        assertThat(lines.get(0).path("micros").isNumber()).isTrue();
        assertThat(lines.get(1).path("id").asString()).isEqualTo("two");
        assertThat(lines.get(1).path("rule").asString()).isEqualTo("no-destructive-commands");
        assertThat(lines.get(2).path("unsupported").asString()).isNotEmpty();
        assertThat(lines.get(2).path("decision").asString()).isEqualTo("deny");
        assertThat(lines.get(2).path("masked_output_columns").toString()).isEqualTo("[]");
        assertThat(lines.get(3).path("decision").asString()).isEqualTo("deny");
        assertThat(lines.get(3).path("error").asString()).isEqualTo("line 5: The line is not JSON.");
    }

    private List<JsonNode> jsonLines() {
        return output().lines().map(JsonMapper.builder().build()::readTree).toList();
    }

    private int decide(String... more) {
        List<String> arguments = new java.util.ArrayList<>(List.of(
                "decide",
                "--policies",
                POLICIES,
                "--catalog",
                CATALOG,
                "--database",
                "PROD",
                "--schema",
                "CRM",
                "--statements",
                statements.toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    @Test
    void bad_lines_are_named_and_the_others_decided() throws IOException {
        // Given
        byte[] bad = {'{', (byte) 0xff, '}', '\n'};
        byte[] first = "{\"id\": \"a\"}\r\n[1]\n{\"id\": 2, \"sql\": 3}\n{\"id\": {}, \"sql\": \"select 1\"}\n"
                .getBytes(StandardCharsets.UTF_8);
        byte[] last = "{\"id\": 9, \"sql\": \"select 1\"} {}\n{\"id\": 10, \"sql\": \"select 1\"}"
                .getBytes(StandardCharsets.UTF_8);
        Files.write(statements, first);
        Files.write(statements, bad, java.nio.file.StandardOpenOption.APPEND);
        Files.write(statements, last, java.nio.file.StandardOpenOption.APPEND);

        // When
        int code = decide();

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(jsonLines().stream().map(line -> line.path("error").asString("")))
                .containsExactly(
                        "line 1: The line is not an object with id and sql.",
                        "line 2: The line is not an object with id and sql.",
                        "line 3: The line is not an object with id and sql.",
                        "",
                        "line 5: The line is not UTF-8.",
                        "line 6: The line is not JSON.",
                        "");
        assertThat(jsonLines().get(0).path("id").asString()).isEqualTo("a");
        assertThat(jsonLines().getLast().path("decision").asString()).isEqualTo("allow");
    }

    @Test
    void odd_files_never_stop_the_run() throws IOException {
        // Given
        String one = "{\"id\": 1, \"sql\": \"select 1\"}";
        List<String> odd = List.of(
                "\uFEFF" + one + "\r",
                "\r",
                "   ",
                one,
                "{\"sql\": \"select 1\"}",
                "{\"id\": 3, \"sql\": \"\"}",
                "{\"id\": 4, \"sql\": \"select " + "x, ".repeat(100_000) + "1\"}",
                "{\"id\": 5, \"sql\": \"" + "(".repeat(20_000) + "\"}",
                "[".repeat(5_000),
                "{\"id\": 6, \"sql\": \"select '\\ud800'\"}",
                "{\"id\": 7, \"sql\": \"select 1\\u0000\"}",
                "{\"id\": 8, \"id\": 8, \"sql\": \"select 1\"}",
                "{\"id\": 9, \"sql\": \"" + "y".repeat(17 * 1024 * 1024) + "\"}",
                "{\"id\": 1e400, \"sql\": \"select 1\"}",
                "{\"id\": 11, \"sql\": \"select 1\"}");
        Files.writeString(statements, String.join("\n", odd));

        // When
        int code = decide();

        // Then
        List<JsonNode> lines = jsonLines();
        assertThat(code).isEqualTo(1);
        assertThat(lines).hasSize(odd.size() - 2).allMatch(line -> line.has("decision") && line.has("micros"));
        assertThat(lines.get(0).path("decision").asString()).isEqualTo("allow");
        assertThat(lines.get(2).path("id").isNull()).isTrue();
        assertThat(lines.get(2).path("decision").asString()).isEqualTo("allow");
        assertThat(lines.subList(3, 11))
                .allMatch(line -> line.path("decision").asString().equals("deny"));
        assertThat(lines.get(4).path("unsupported").asString()).isNotEmpty();
        assertThat(lines.get(9).path("error").asString()).isEqualTo("line 12: The line is not JSON.");
        assertThat(lines.get(10).path("error").asString()).isEqualTo("line 13: The line is longer than 16 MB.");
        assertThat(lines.getLast().path("id").asInt()).isEqualTo(11);
        assertThat(lines.getLast().path("decision").asString()).isEqualTo("allow");
    }

    @Test
    void the_network_and_what_was_read_are_options() throws IOException {
        // Given
        Path policies = Files.createDirectory(folder.resolve("policies"));
        Files.writeString(policies.resolve("p.yaml"), """
            apiVersion: snowgate.dev/v1
            kind: Policy
            name: p
            rules:
              - {name: office, effect: allow, objects: any, principals: {networks: [10.0.0.0/8]}, session: {read-protected: none}}
            """);
        Files.writeString(statements, "{\"id\": 1, \"sql\": \"select 1\"}\n");
        List<String> base = List.of(
                "decide",
                "--policies",
                policies.toString(),
                "--catalog",
                CATALOG,
                "--statements",
                statements.toString());

        // When
        for (List<String> more : List.of(
                List.of("--network", "10.1.2.3"),
                List.<String>of(),
                List.of("--network", "10.1.2.3", "--read-protected", "ssn"))) {
            run(java.util.stream.Stream.concat(base.stream(), more.stream()).toArray(String[]::new));
        }

        // Then
        assertThat(jsonLines().stream().map(line -> line.path("decision").asString()))
                .containsExactly("allow", "deny", "deny");
        assertThat(run(java.util.stream.Stream.concat(base.stream(), java.util.stream.Stream.of("--network", "here"))
                        .toArray(String[]::new)))
                .isEqualTo(2);
    }

    @Test
    void without_bad_lines_the_exit_code_is_zero_and_refusals_are_no_failure() throws IOException {
        // Given
        Files.writeString(statements, "{\"id\": 1, \"sql\": \"drop table customers\"}\n");

        // When
        int code = decide("--json");

        // Then
        assertThat(code).isZero();
        assertThat(jsonLines().getFirst().path("advice").asString()).isNotEmpty();
        assertThat(jsonLines().getFirst().path("kinds").toString()).isEqualTo("[\"drop\"]");
    }

    @Test
    void views_with_relative_names_are_read_from_where_they_stand() throws IOException {
        // Given
        Path catalog = folder.resolve("catalog.yaml");
        Files.writeString(catalog, """
            apiVersion: snowgate.dev/v1
            kind: Catalog
            databases:
              PROD:
                schemas:
                  CRM:
                    tables: {CUSTOMERS: {columns: {ID: number, EMAIL: {type: varchar, protect: email}}}}
                    views:
                      CONTACTS: {definition: "select id, email as mail from customers", columns: {ID: number, MAIL: varchar}}
                      NESTED: {definition: "create view nested as select mail as m from crm.contacts", columns: {M: varchar}}
                  OTHER: {tables: {CUSTOMERS: {columns: {EMAIL: varchar}}}}
            """);
        Files.writeString(
                statements,
                "{\"id\": 1, \"sql\": \"select mail from crm.contacts\"}\n"
                        + "{\"id\": 2, \"sql\": \"select * from crm.nested\"}\n"
                        + "{\"id\": 3, \"sql\": \"select email from customers\"}\n");

        // When
        run(
                "decide",
                "--policies",
                POLICIES,
                "--catalog",
                catalog.toString(),
                "--database",
                "PROD",
                "--schema",
                "OTHER",
                "--groups",
                "analysts-masked",
                "--statements",
                statements.toString());

        // Then
        assertThat(jsonLines().stream()
                        .map(line -> line.path("decision").asString() + line.path("masked_output_columns")))
                .containsExactly("allow[0]", "allow[0]", "allow[]");
    }

    @Test
    void a_result_of_which_nothing_is_known_is_masked_as_a_whole() throws IOException {
        // Given
        Files.writeString(statements, "{\"id\": 1, \"sql\": \"select a, b from secret_view\"}\n");
        Path policies = Files.createDirectory(folder.resolve("policies"));
        Files.writeString(
                policies.resolve("p.yaml"),
                "apiVersion: snowgate.dev/v1\nkind: Policy\nname: p\nrules:\n"
                        + "  - {name: all, effect: allow, objects: any, release: {unproven: true}}\n");

        // When
        run(
                "decide",
                "--policies",
                policies.toString(),
                "--catalog",
                CATALOG,
                "--database",
                "PROD",
                "--schema",
                "CRM",
                "--statements",
                statements.toString());

        // Then
        assertThat(jsonLines().getFirst().path("masked_output_columns").asString())
                .isEqualTo("all");
    }

    @Test
    void columns_that_are_masked_however_many_there_are_are_told_by_the_first_of_them() throws IOException {
        // Given
        Files.writeString(statements, """
            {"sql": "SELECT * FROM (SELECT id, country, email FROM customers) PIVOT(MAX(email) FOR country IN (ANY))"}
            {"sql": "SELECT * FROM (SELECT country, email FROM customers) PIVOT(MAX(email) FOR country IN (ANY))"}
            {"sql": "SELECT * FROM (SELECT country, id FROM customers) PIVOT(MAX(id) FOR country IN (ANY))"}
            """);
        Path policies = Files.createDirectory(folder.resolve("policies"));
        Files.writeString(
                policies.resolve("p.yaml"),
                "apiVersion: snowgate.dev/v1\nkind: Policy\nname: p\nrules:\n"
                        + "  - {name: all, effect: allow, objects: any}\n");

        Path catalog = folder.resolve("catalog.yaml");
        Files.writeString(catalog, """
            apiVersion: snowgate.dev/v1
            kind: Catalog
            databases:
              PROD:
                schemas:
                  CRM:
                    tables:
                      CUSTOMERS:
                        columns: {ID: number, COUNTRY: varchar, EMAIL: {type: varchar, protect: email}}
            """);

        // When
        run(
                "decide",
                "--policies",
                policies.toString(),
                "--catalog",
                catalog.toString(),
                "--database",
                "PROD",
                "--schema",
                "CRM",
                "--statements",
                statements.toString());

        // Then
        List<JsonNode> lines = jsonLines();
        assertThat(lines.get(0).path("masked_output_columns").toString()).isEqualTo("[]");
        assertThat(lines.get(0).path("masked_output_columns_from").asInt()).isEqualTo(1);
        assertThat(lines.get(1).path("masked_output_columns").asString()).isEqualTo("all");
        assertThat(lines.get(2).path("masked_output_columns").toString()).isEqualTo("[]");
        assertThat(lines.get(2).has("masked_output_columns_from")).isFalse();
    }

    @Test
    void ten_thousand_statements_are_decided_in_one_run() throws IOException {
        // Given
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            many.append("{\"id\": ")
                    .append(i)
                    .append(", \"sql\": \"select email, ")
                    .append(i)
                    .append(" from customers\"}\n");
        }
        Files.writeString(statements, many);

        // When
        int code = decide("--groups", "analysts-masked");

        // Then
        assertThat(code).isZero();
        assertThat(output().lines()).hasSize(10_000).allMatch(line -> line.contains("\"masked_output_columns\":[0]"));
    }

    @Test
    void a_catalogue_with_mistakes_is_refused_with_their_places() throws IOException {
        // Given
        Path catalog = folder.resolve("catalog.yaml");
        Files.writeString(catalog, "kind: Catalog\ndatabasez: {}\n");

        // When
        int code = run(
                "decide",
                "--policies",
                POLICIES,
                "--catalog",
                catalog.toString(),
                "--statements",
                statements.toString());

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("catalog.yaml:");
    }

    @Test
    void without_the_group_the_same_read_waits() {
        // When
        run(
                "decide",
                "--policies",
                POLICIES,
                "--catalog",
                CATALOG,
                "--database",
                "PROD",
                "--schema",
                "CRM",
                "--statements",
                statements.toString(),
                "--text");

        // Then
        assertThat(output().lines().findFirst().orElseThrow()).startsWith("1  approve  by production-needs-approval");
    }

    @Test
    void coverage_groups_what_is_not_understood() {
        // When
        int code = run(
                "coverage",
                "--statements",
                statements.toString(),
                "--catalog",
                CATALOG,
                "--database",
                "PROD",
                "--schema",
                "CRM");

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(output())
                .startsWith("3 statements, 2 understood, 1 not, 1 lines unreadable")
                .contains("     1  statement SELECTT (first: id 3)");
    }

    @Test
    void suites_that_fail_are_named_with_their_line() throws IOException {
        // Given
        Files.writeString(folder.resolve("p.yaml"), "apiVersion: snowgate.dev/v1\nkind: Policy\nname: p\n");
        Files.writeString(folder.resolve("p_test.yaml"), """
            apiVersion: snowgate.dev/v1
            kind: Suite
            name: p
            policies: p.yaml
            principals: {a: {groups: [g]}}
            statements: {one: select 1}
            tests:
              - {name: t, principals: a, statements: one, expect: {decision: allow}}
            """);

        // When
        int code = run("policy", "test", folder.toString());

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(output())
                .contains("p_test.yaml:8: a × one: expected allow, got deny by default-deny")
                .contains("1 cases, 1 failed");
    }

    @Test
    void a_suite_with_mistakes_is_refused_with_their_places() throws IOException {
        // Given
        Files.writeString(folder.resolve("x_test.yaml"), """
            apiVersion: snowgate.dev/v1
            kind: Suite
            policies: nowhere.yaml
            principals: {anna: {}}
            statements: {one: select 1}
            tests:
              - {principals: ana, statements: one, expect: {decision: alow}}
            """);

        // When
        int code = run("test", folder.toString());

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("x_test.yaml:3:11: There is no file 'nowhere.yaml'.")
                .contains("x_test.yaml:7:18: There is no principal 'ana'. Did you mean 'anna'?")
                .contains("x_test.yaml:7:59: 'alow' is not a decision. Did you mean 'allow'?");
    }

    @Test
    void wrong_use_says_how_it_is_used() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("policy", "decide", "--catalog", CATALOG)).isEqualTo(2);
        assertThat(run("decide", "stray")).isEqualTo(2);
        assertThat(run("decide", "--no-such-option", "x")).isEqualTo(2);
        assertThat(decide("--at", "noon")).isEqualTo(2);
        assertThat(run("coverage", "--statements", "/no/such/file")).isEqualTo(2);
        assertThat(run("test", "/no/such/folder")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("policy test <folder>")
                .contains("--policies is missing.");
    }
}

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
        Files.writeString(
                statements,
                """
                {"id": 1, "sql": "select country, email from customers"}
                {"id": "two", "sql": "drop table prod.crm.customers"}

                {"id": 3, "sql": "selectt 1"}
                not json
                """);
    }

    private int run(String... arguments) {
        return PolicyCommand.run(
                List.of(arguments), new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void decide_writes_one_line_for_each_statement() {
        // When
        int code = run(
                "policy", "decide", "--policies", POLICIES, "--catalog", CATALOG, "--database", "PROD", "--schema", "CRM",
                "--groups", "analysts-masked,support", "--statements", statements.toString(), "--json");

        // Then
        assertThat(code).isZero();
        List<JsonNode> lines = output().lines().map(JsonMapper.builder().build()::readTree).toList();
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
        assertThat(lines.get(3).path("decision").asString()).isEqualTo("deny");
    }

    @Test
    void without_the_group_the_same_read_waits() {
        // When
        run("decide", "--policies", POLICIES, "--catalog", CATALOG, "--database", "PROD", "--schema", "CRM",
                "--statements", statements.toString());

        // Then
        assertThat(output().lines().findFirst().orElseThrow()).startsWith("1  approve  by production-needs-approval");
    }

    @Test
    void coverage_groups_what_is_not_understood() {
        // When
        int code = run(
                "coverage", "--statements", statements.toString(), "--catalog", CATALOG, "--database", "PROD", "--schema",
                "CRM");

        // Then
        assertThat(code).isZero();
        assertThat(output()).startsWith("3 statements, 2 understood, 1 not").contains("     1  ");
    }

    @Test
    void suites_that_fail_are_named_with_their_line() throws IOException {
        // Given
        Files.writeString(folder.resolve("p.yaml"), "apiVersion: snowgate.dev/v1\nkind: Policy\nname: p\n");
        Files.writeString(
                folder.resolve("p_test.yaml"),
                """
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
        assertThat(output()).contains("p_test.yaml:8: a × one: expected allow, got deny by default-deny").contains("1 cases, 1 failed");
    }

    @Test
    void a_suite_with_mistakes_is_refused_with_their_places() throws IOException {
        // Given
        Files.writeString(
                folder.resolve("x_test.yaml"),
                """
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
        assertThat(run("test", "/no/such/folder")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("policy test <folder>").contains("--policies is missing.");
    }
}

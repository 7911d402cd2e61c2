package dev.snowgate.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.yaml.YamlException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogYamlTest {
    private static final String HEAD = "apiVersion: snowgate.dev/v1\nkind: Catalog\n";
    private static final String GOOD = HEAD + """
            databases:
              PROD:
                schemas:
                  CRM:
                    tables:
                      CUSTOMERS:
                        tags: [pii]
                        columns:
                          ID: {type: number, nullable: false}
                          EMAIL: {type: varchar, protect: email}
                          Mixed: varchar
                    views:
                      V:
                        definition: select id from customers
                        columns:
                          - {name: ID, type: number}
                    objects:
                      S: {kind: stage}
                      IN: {kind: stage, location: internal}
                      OUT: {kind: stage, url: "S3://Bucket-1/path/with?secret=x", integration: LAKE}
            protect:
              - {column: PROD.*.*.ID, category: id, source: hand}
            """;

    private static CatalogObject object(String name) {
        return CatalogYaml.read("c.yaml", GOOD).stream()
                .filter(o -> o.name().equals(new ObjectName("PROD", "CRM", name)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void objects_keep_their_columns_in_order_with_types_and_protection() {
        assertThat(object("CUSTOMERS").columns())
                .containsExactly(
                        new CatalogColumn("ID", "NUMBER", false, Optional.of(new Protection("id", "hand"))),
                        new CatalogColumn(
                                "EMAIL", "VARCHAR", true, Optional.of(new Protection("email", "yaml:c.yaml"))),
                        new CatalogColumn("Mixed", "VARCHAR", true, Optional.empty()));
        assertThat(object("CUSTOMERS").tags()).isEqualTo(Set.of("pii"));
    }

    @Test
    void views_keep_their_text_and_other_objects_their_kind() {
        assertThat(object("V").kind()).isEqualTo(ObjectKind.VIEW);
        assertThat(object("V").definition()).contains("select id from customers");
        assertThat(object("@S").kind()).isEqualTo(ObjectKind.STAGE);
    }

    @Test
    void a_stage_says_where_it_leads_to_and_nothing_of_its_path() {
        assertThat(StageEntry.location(object("@S"))).isEmpty();
        assertThat(StageEntry.location(object("@IN"))).contains(StageEntry.Location.INTERNAL);
        assertThat(StageEntry.location(object("@OUT"))).contains(StageEntry.Location.EXTERNAL);
        assertThat(object("@OUT").tags()).contains("URL=s3://bucket-1", "INTEGRATION=LAKE", "STAGE=EXTERNAL");
        assertThat(object("@OUT").tags()).noneMatch(tag -> tag.contains("path"));
    }

    @Test
    void a_place_of_something_else_than_a_stage_and_an_internal_url_are_wrong() {
        String table = GOOD.replace("S: {kind: stage}", "S: {kind: table, url: \"s3://b\"}");
        String both = GOOD.replace("S: {kind: stage}", "S: {kind: stage, location: internal, url: \"s3://b\"}");
        assertThatThrownBy(() -> CatalogYaml.read("c.yaml", table)).hasMessageContaining("Only a stage");
        assertThatThrownBy(() -> CatalogYaml.read("c.yaml", both)).hasMessageContaining("external");
    }

    @Test
    void marks_apply_over_objects_from_elsewhere_and_say_what_they_missed() {
        // Given
        ProtectionMarks marks = ProtectionMarks.read(
                "p.yaml",
                "apiVersion: snowgate.dev/v1\nkind: Protection\nprotect:\n"
                        + "  - {column: prod.crm.customers.email, category: mail}\n"
                        + "  - {column: PROD.CRM.CUSTOMERS.\"Mixed\", category: name}\n"
                        + "  - {column: PROD.CRM.CUSTOMERS.GONE, category: name}\n");
        List<CatalogObject> objects = CatalogYaml.read("c.yaml", GOOD);

        // When
        CatalogObject marked = marks.applyTo(objects).stream()
                .filter(o -> o.name().name().equals("CUSTOMERS"))
                .findFirst()
                .orElseThrow();

        // Then
        assertThat(marked.columns())
                .extracting(c -> c.protection().map(Protection::category).orElse("-"))
                .containsExactly("id", "mail", "name");
        assertThat(marks.unmatched(objects)).containsExactly("PROD.CRM.CUSTOMERS.GONE");
    }

    @Test
    void routines_say_how_they_are_called() {
        // Given
        String text = HEAD + """
                databases:
                  PROD:
                    schemas:
                      CRM:
                        objects:
                          PEOPLE_IN(VARCHAR, NUMBER):
                            kind: function
                            arguments: {TOWN: varchar, N: {type: number, default: "5"}}
                            returns: {WHO: varchar, MAIL: varchar}
                            definition: select name, email from customers where city = town
                          FILL(VARCHAR):
                            kind: procedure
                            language: sql
                            arguments: {X: {type: varchar, out: true}}
                            returns: varchar
                            execute-as: caller
                            secure: true
                            external: true
                          ONLY_A_NAME(NUMBER): {kind: function}
                """;

        // When
        List<CatalogObject> read = CatalogYaml.read("c.yaml", text);

        // Then
        assertThat(read)
                .extracting(CatalogObject::routine)
                .containsExactly(
                        Optional.of(new Routine(
                                "SQL",
                                List.of(
                                        new Routine.Argument("TOWN", "VARCHAR"),
                                        new Routine.Argument("N", "NUMBER", Optional.of("5"), false)),
                                Routine.TABLE,
                                List.of(new Routine.Result("WHO", "VARCHAR"), new Routine.Result("MAIL", "VARCHAR")),
                                Routine.Rights.OWNER,
                                false,
                                false)),
                        Optional.of(new Routine(
                                "SQL",
                                List.of(new Routine.Argument("X", "VARCHAR", Optional.empty(), true)),
                                "VARCHAR",
                                List.of(),
                                Routine.Rights.CALLER,
                                true,
                                true)),
                        Optional.empty());
        assertThat(CatalogSnapshot.of("A", 1, read).routines(new ObjectName("PROD", "CRM", "FILL")))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            databases: {P: {schemas: {S: {objects: {"F(X)": {kind: function, arguments: {A: number}}}}}}} | c.yaml:3:49: The name 'F(X)' does not list the types. Write 'F(NUMBER)'.
            databases: {P: {schemas: {S: {objects: {"F()": {kind: procedure, arguments: {}, execute-as: onwer}}}}}} | c.yaml:3:93: 'onwer' is nobody whose rights a procedure can have. Did you mean 'owner'?
            databases: {P: {schemas: {S: {tables: {T: {language: sql}}}}}} | c.yaml:3:43: 'language' is said of functions and procedures only. Add kind: function, or leave it out.
            databases: {P: {schemas: {S: {tables: {T: {colums: {}}}}}}} | c.yaml:3:44: Unknown field 'colums'. Did you mean 'columns'?
            databases: {P: {schemas: {S: {objects: {T: {}}}}}} | c.yaml:3:44: What kind of object P.S.T is must be said. Add kind: table, view, stage, …
            databases: {P: {schemas: {S: {objects: {T: {kind: tabel}}}}}} | c.yaml:3:51: 'tabel' is not a kind of object. Did you mean 'table'?
            databases: {P: {schemas: {S: {tables: {T: {columns: {A: {type: x, protect: Nope!}}}}}}}} | c.yaml:3:76: 'Nope!' is not a category. Use lower-case letters, digits and dashes.
            databases: {P: {schemas: {S: {tables: {T: {columns: {A: x, A: y}}}}}}} | c.yaml:3:60: 'A' is given twice.
            protect: [{column: A.B.C, category: x}] | c.yaml:3:20: 'A.B.C' is not a pattern for columns. Write DATABASE.SCHEMA.OBJECT.COLUMN.
            """)
    void what_is_wrong_is_named_with_its_place(String line, String problem) {
        assertThatThrownBy(() -> CatalogYaml.read("c.yaml", HEAD + line + "\n"))
                .isInstanceOfSatisfying(
                        YamlException.class,
                        e -> assertThat(e.problems())
                                .extracting(Object::toString)
                                .contains(problem));
    }

    @ParameterizedTest
    @CsvSource({
        "PROD, PROD.CRM.T, true",
        "PROD.*, PROD.CRM.T, true",
        "prod.crm.t, PROD.CRM.T, true",
        "'\"prod\".CRM.T', PROD.CRM.T, false",
        "PROD.C?M.T*, PROD.CRM.TABLE, true",
        "*.CRM.T, DEV.CRM.T, true",
        "PROD.CRM.T, PROD.CRM.TT, false",
        "PROD.*.*HISTORY*, PROD.X.QUERY_HISTORY_V, true",
        "'PROD.\"a.b\".T', PROD.a_b.T, false"
    })
    void patterns_match_part_by_part(String pattern, String name, boolean matches) {
        String[] parts = name.split("\\.");
        assertThat(NameGlob.parse(pattern, 3).orElseThrow().matches(new ObjectName(parts[0], parts[1], parts[2])))
                .isEqualTo(matches);
    }
}

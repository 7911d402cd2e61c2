package dev.snowgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.catalog.ObjectName;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.model.network.Addresses;
import dev.snowgate.policy.Obligations.RecordLevel;
import dev.snowgate.sql.OutputColumn.Derivation;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each field of rules, with real statements: what it allows, and that what is not known is never on the permissive side. */
class PolicyFieldsTest {
    private static final String ALL = "  - {name: all, effect: allow, objects: any, cardinality-use: allow}\n";
    private static final String READ = "select id from customers";

    /** A read of an object that the catalogue does not know, as an analysis describes it. */
    private static String askUnknown(Scene scene) {
        DecisionView view = DecisionView.of(scene.policies()
                .decide(Statements.request(
                        Set.of("analysts"),
                        Statements.select(new ObjectName("PROD", "CRM", "NOBODY_KNOWS"))
                                .output("N", Derivation.CONSTANT))));
        return view.decision() + " " + view.rule();
    }

    @Nested
    class Networks {
        private static final String OFFICE =
                "  - {name: office, effect: allow, objects: any, principals: {networks: [10.1.0.0/16,"
                        + " '2001:db8::/32']}}\n";

        @Test
        void an_allowance_holds_for_its_networks_only() {
            Scene scene = Scene.of(OFFICE);
            assertThat(scene.from("10.1.255.255").ask(READ)).isEqualTo("allow office");
            assertThat(scene.from("2001:db8:ffff::1").ask(READ)).isEqualTo("allow office");
            assertThat(scene.from("10.2.0.0").ask(READ)).isEqualTo("deny default-deny");
            assertThat(scene.from("2001:db9::1").ask(READ)).isEqualTo("deny default-deny");
        }

        @Test
        void an_address_that_is_not_known_fits_no_allowance_and_every_restriction() {
            assertThat(Scene.of(OFFICE).ask(READ)).isEqualTo("deny default-deny");
            assertThat(Scene.of(ALL
                                    + "  - {name: abroad, effect: deny, principals: {networks:"
                                    + " [203.0.113.0/24]}, reason: r}\n")
                            .ask(READ))
                    .isEqualTo("deny abroad");
        }

        @Test
        void an_exception_frees_only_a_known_address() {
            Scene scene = Scene.of(ALL + """
                  - {name: office-only, effect: deny, unless: {principals: {networks: [10.0.0.0/8]}}, reason: r}
                """);
            assertThat(scene.from("10.9.9.9").ask(READ)).isEqualTo("allow all");
            assertThat(scene.ask(READ)).isEqualTo("deny office-only");
        }

        @Test
        void an_ipv4_address_in_an_ipv6_coat_is_an_ipv4_address() {
            assertThat(Scene.of(OFFICE).from("::ffff:10.1.2.3").ask(READ)).isEqualTo("allow office");
        }

        @Test
        void names_are_no_addresses() {
            assertThat(Addresses.parse("localhost")).isEmpty();
            assertThat(Addresses.parse("10.1")).isEmpty();
            assertThat(Addresses.parse("fe80::1%eth0")).isEmpty();
            assertThat(Addresses.parse("")).isEmpty();
            assertThat(Addresses.parse("10.1.2.999")).isEmpty();
        }
    }

    @Nested
    class Tags {
        @Test
        void an_allowance_by_tags_of_objects_holds_for_them_only() {
            Scene scene = Scene.of("  - {name: crm, effect: allow, objects: [{tags: [crm]}]}\n");
            assertThat(scene.ask(READ)).isEqualTo("allow crm");
            assertThat(scene.ask("select id from events")).isEqualTo("deny default-deny");
        }

        @Test
        void a_refusal_by_tags_of_columns_sees_every_use() {
            Scene scene = Scene.of(ALL + "  - {name: contacts, effect: deny, columns: {tags: [contact]}, reason: r}\n");
            assertThat(scene.ask("select count(email) from customers")).isEqualTo("deny contacts");
            assertThat(scene.ask("select country from customers")).isEqualTo("allow all");
        }

        @Test
        void a_release_by_tags_shows_those_columns_only() {
            Scene scene = Scene.of("  - {name: all, effect: allow, objects: any, release: {tags: [contact]}}\n");
            assertThat(DecisionView.of(scene.decide("select email, ssn from customers"))
                            .maskedColumns())
                    .containsExactly(1);
        }

        @Test
        void an_unknown_object_may_have_the_tag_that_is_refused() {
            Scene scene = Scene.of("""
                  - {name: all, effect: allow, objects: any, unknowns: {objects: approve, lineage: approve}}
                  - {name: secret, effect: deny, objects: [{tags: [secret]}], reason: r}
                """);
            assertThat(askUnknown(scene)).isEqualTo("deny secret");
            assertThat(scene.ask(READ)).isEqualTo("allow all");
        }
    }

    @Nested
    class Estimates {
        private static final String SMALL = """
              - {name: small, effect: allow, objects: any, estimate: {rows: {at-most: 100000}, bytes: {at-most: 1GB}}}
            """;

        @Test
        void an_allowance_holds_below_its_bounds() {
            assertThat(Scene.of(SMALL).ask(READ)).isEqualTo("allow small");
            assertThat(Scene.of(SMALL).ask("select c.id from customers c, events e"))
                    .isEqualTo("deny default-deny");
        }

        @Test
        void an_estimate_that_is_not_known_fits_no_allowance_and_every_restriction() {
            Scene allowed = Scene.of(SMALL);
            Scene refused =
                    Scene.of(ALL + "  - {name: big, effect: deny, estimate: {rows: {above: 1000000}}, reason: r}\n");
            for (String sql : new String[] {
                "select id from unsized",
                "select id from customers, unsized",
                "select seq4() from table(generator(rowcount => 1000000))",
                "select id from half_known",
                "select id from hidden",
                "select id from reviewed",
                "select id from around_reviewed",
                "select id from made_up",
                "select id from daily",
                "select c.id from customers c, hidden h"
            }) {
                assertThat(allowed.ask(sql)).as(sql).startsWith("deny");
                assertThat(refused.ask(sql)).as(sql).isEqualTo("deny big");
            }
            assertThat(refused.ask("select id from events")).isEqualTo("deny big");
            assertThat(refused.ask(READ)).isEqualTo("allow all");
        }

        @Test
        void a_view_counts_as_the_tables_under_its_query() {
            Scene small = Scene.of(SMALL);
            Scene exact = Scene.of("  - {name: exact, effect: allow, objects: any, condition: 'estimate_known"
                    + " && estimated_rows == 5001000 && estimated_bytes == 5369757696'}\n");
            assertThat(small.ask("select id from countries")).isEqualTo("allow small");
            assertThat(small.ask("select id from active")).isEqualTo("deny default-deny");
            assertThat(exact.ask("select id from active")).isEqualTo("allow exact");
            assertThat(exact.ask("select a.id from active a, countries c, customers d"))
                    .as("each table counts once")
                    .isEqualTo("allow exact");
            assertThat(small.ask("with a as (select id from active) select id from a"))
                    .isEqualTo("deny default-deny");
        }

        @Test
        void a_condition_that_needs_an_unknown_figure_refuses() {
            Scene scene = Scene.of(
                    "  - {name: cheap, effect: allow, objects: any, condition: 'estimated_bytes < 2000000'}\n");
            assertThat(scene.ask(READ)).isEqualTo("allow cheap");
            assertThat(scene.ask("select id from unsized")).isEqualTo("deny evaluation-error");
            assertThat(Scene.of("  - {name: cheap, effect: allow, objects: any,"
                                    + " condition: 'estimate_known && estimated_rows < 10'}\n")
                            .ask("select id from unsized"))
                    .isEqualTo("deny default-deny");
        }
    }

    @Nested
    class ReadProtected {
        private static final String STRICT = ALL + """
              - name: no-writes-after-ssn
                effect: deny
                statements: {effects: [write]}
                session: {read-protected: [ssn]}
                reason: The session has read protected columns.
            """;
        private static final String WRITE = "insert into prod.lab.scratch (id) values (1)";

        @Test
        void a_session_that_has_read_protected_columns_is_judged_stricter() {
            assertThat(Scene.of(STRICT).ask(WRITE)).isEqualTo("allow all");
            assertThat(Scene.of(STRICT).afterReading("email").ask(WRITE)).isEqualTo("allow all");
            assertThat(Scene.of(STRICT).afterReading("email", "ssn").ask(WRITE)).isEqualTo("deny no-writes-after-ssn");
        }

        @Test
        void an_earlier_statement_of_the_same_request_counts() {
            assertThat(Scene.of(STRICT).ask("select ssn from customers; " + WRITE))
                    .isEqualTo("deny no-writes-after-ssn");
            assertThat(Scene.of(STRICT).ask(WRITE + "; select ssn from customers"))
                    .isEqualTo("allow all");
        }

        @Test
        void none_allows_only_sessions_that_have_read_nothing() {
            Scene scene = Scene.of("  - {name: fresh, effect: allow, objects: any, session: {read-protected: none}}\n");
            assertThat(scene.ask(READ)).isEqualTo("allow fresh");
            assertThat(scene.afterReading("email").ask(READ)).isEqualTo("deny default-deny");
        }

        @Test
        void what_a_statement_reads_is_an_obligation_shown_or_not() {
            assertThat(Scene.of(ALL)
                            .obligations("select count(distinct email) from customers")
                            .readsProtected())
                    .containsExactly("email");
            assertThat(Scene.of(ALL)
                            .obligations("select ssn, email from customers")
                            .readsProtected())
                    .isEqualTo(Set.of("ssn", "email"));
            assertThat(Scene.of(ALL).obligations(READ).readsProtected()).isEmpty();
        }
    }

    @Nested
    class WarehousesAndRoles {
        private static final String XS = "obligations: {warehouses: ['*_XS'], roles: [ANALYST]}";
        private static final String LIMIT = ALL + "  - {name: xs, effect: limit, " + XS + "}\n";

        @Test
        void a_limit_refuses_elsewhere() {
            Scene scene = Scene.of(LIMIT);
            assertThat(scene.ask(READ)).isEqualTo("allow all");
            assertThat(scene.on("WH_BIG").ask(READ)).isEqualTo("deny warehouse-restricted");
            assertThat(scene.on("").ask(READ)).isEqualTo("deny warehouse-restricted");
            assertThat(scene.as("SYSADMIN").ask(READ)).isEqualTo("deny role-restricted");
            assertThat(scene.obligations(READ).warehouses()).containsExactly("WH_XS");
            assertThat(scene.obligations(READ).roles()).containsExactly("ANALYST");
        }

        @Test
        void a_session_may_leave_a_warehouse_that_is_not_permitted_but_not_enter_it() {
            Scene scene = Scene.of(LIMIT);
            assertThat(scene.on("WH_BIG").ask("use warehouse wh_xs")).isEqualTo("allow all");
            assertThat(scene.ask("use warehouse wh_big")).isEqualTo("deny warehouse-restricted");
            assertThat(scene.ask("use warehouse wh_big; select id from customers"))
                    .isEqualTo("deny warehouse-restricted");
            assertThat(scene.on("WH_BIG").ask("use warehouse wh_xs; select id from customers"))
                    .isEqualTo("allow all");
        }

        @Test
        void an_allowance_lets_nothing_through_elsewhere_and_another_still_can() {
            String own = "  - {name: own, effect: allow, objects: any, " + XS + "}\n";
            assertThat(Scene.of(own).on("WH_BIG").ask(READ)).isEqualTo("deny warehouse-restricted");
            assertThat(Scene.of(own + ALL).on("WH_BIG").obligations(READ).warehouses())
                    .isEmpty();
        }
    }

    @Nested
    class LimitsAddUp {
        @Test
        void the_least_of_each_and_the_most_private_level_count() {
            Scene scene = Scene.of("""
                  - {name: all, effect: allow, objects: any, obligations: {result-size-limit: 10MB, row-limit: 100, record: masked}}
                  - {name: more, effect: limit, obligations: {result-size-limit: 1MB, statement-timeout: 1m, record: counts}}
                """);
            Obligations obligations = scene.obligations(READ);
            assertThat(obligations.resultSizeLimit()).contains(1L << 20);
            assertThat(obligations.rowLimit()).contains(100L);
            assertThat(obligations.record()).isEqualTo(RecordLevel.COUNTS);
        }
    }

    @Nested
    class UnknownThings {
        private static String rule(String unknowns) {
            return "  - {name: all, effect: allow, objects: any, unknowns: " + unknowns + "}\n";
        }

        @Test
        void everything_unknown_is_refused_by_default() {
            assertThat(Scene.of(ALL).ask("select my_udf(id) from customers")).isEqualTo("deny unknown-function");
            assertThat(Scene.of(ALL).ask("select a from nobody_knows")).startsWith("deny");
        }

        @Test
        void an_unknown_function_can_wait_for_a_person() {
            assertThat(Scene.of(rule("{functions: approve, lineage: approve}")).ask("select my_udf(id) from customers"))
                    .isEqualTo("approve all");
        }

        @Test
        void a_result_that_cannot_be_traced_is_masked_wholly_after_the_approval() {
            Obligations obligations = Scene.of(rule("{functions: approve, lineage: approve}, predicate-use: approve"))
                    .obligations("select my_udf(ssn) as x, id from customers");
            MaskPlan plan = obligations.masks().getFirst();
            assertThat(plan.columns())
                    .hasSize(2)
                    .allMatch(column -> column.mask().isPresent());
        }

        @Test
        void an_object_that_the_catalogue_does_not_know_can_wait_for_a_person() {
            assertThat(askUnknown(Scene.of(ALL))).isEqualTo("deny unknown-object");
            assertThat(askUnknown(Scene.of(rule("{objects: approve}")))).isEqualTo("approve all");
        }

        @Test
        void a_rule_vouches_only_for_the_objects_that_it_covers() {
            Scene scene = Scene.of("""
                  - {name: crm, effect: allow, objects: [PROD.CRM]}
                  - {name: lab, effect: allow, objects: [PROD.LAB], unknowns: {functions: approve, lineage: approve}}
                """);
            assertThat(scene.ask("select my_udf(s.id) from prod.lab.scratch s, customers c"))
                    .isEqualTo("deny unknown-function");
            assertThat(scene.ask("select my_udf(id) from prod.lab.scratch")).isEqualTo("approve lab");
        }
    }

    @Nested
    class BoundMaskedValues {
        private static final String INSERT = "insert into prod.lab.scratch (id, note) values (?, ?)";

        @Test
        void what_a_mask_showed_is_not_written_back_by_a_binding() {
            Scene scene = Scene.of(ALL);
            assertThat(scene.binding("1", "ada@example.com").ask(INSERT)).isEqualTo("allow all");
            assertThat(scene.binding("1", "[redacted]").ask(INSERT)).isEqualTo("deny masked-value");
            assertThat(scene.binding("1", "a***@example.com").ask(INSERT)).isEqualTo("deny masked-value");
            assertThat(scene.binding("1", "****6789").ask(INSERT)).isEqualTo("deny masked-value");
        }

        @Test
        void a_read_may_look_for_it() {
            assertThat(Scene.of(ALL).binding("[redacted]").ask("select id from prod.lab.scratch where note = ?"))
                    .isEqualTo("allow all");
        }

        @Test
        void a_table_made_from_it_is_a_write() {
            assertThat(Scene.of(ALL).binding("****6789").ask("create table prod.lab.t as select ? as a"))
                    .startsWith("deny");
        }
    }

    @Nested
    class Trails {
        @Test
        void each_step_names_rule_file_line_and_the_facts_that_it_used() {
            Scene scene = Scene.of("""
                  - name: office
                    effect: allow
                    objects: [PROD.CRM]
                    principals: {groups: [analysts], networks: [10.0.0.0/8]}
                    session: {read-protected: [email]}
                    estimate: {rows: {at-most: 2000}}
                    condition: hour == 12 && client_address != ""
                """).from("10.0.0.7").afterReading("email");
            assertThat(scene.ask(READ)).isEqualTo("allow office");
            assertThat(scene.fact(READ, "office"))
                    .isEqualTo("p.yaml:5 select: read PROD.CRM.CUSTOMERS; groups analysts; address 10.0.0.7;"
                            + " read before: email; estimated rows 1000; client_address = 10.0.0.7; hour = 12");
            assertThat(scene.decide(READ).trail().policyVersion()).isEqualTo(7);
        }

        @Test
        void conditions_ask_for_networks() {
            Scene scene =
                    Scene.of("  - {name: office, effect: allow, objects: any, condition: 'in_network(client_address,"
                            + " \"10.0.0.0/8\")'}\n");
            assertThat(scene.from("10.0.0.7").ask(READ)).isEqualTo("allow office");
            assertThat(scene.from("11.0.0.7").ask(READ)).isEqualTo("deny default-deny");
            assertThat(scene.ask(READ)).isEqualTo("deny evaluation-error");
        }
    }
}

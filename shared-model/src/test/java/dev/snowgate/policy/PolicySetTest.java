package dev.snowgate.policy;

import static dev.snowgate.policy.Statements.COUNTRY;
import static dev.snowgate.policy.Statements.CUSTOMERS;
import static dev.snowgate.policy.Statements.EMAIL;
import static dev.snowgate.policy.Statements.NOTE;
import static dev.snowgate.policy.Statements.ORDERS;
import static dev.snowgate.policy.Statements.SCRATCH;
import static dev.snowgate.policy.Statements.SSN;
import static dev.snowgate.policy.Statements.of;
import static dev.snowgate.policy.Statements.request;
import static dev.snowgate.policy.Statements.select;
import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.catalog.ObjectName;
import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.policy.Decision.Allow;
import dev.snowgate.policy.Decision.Deny;
import dev.snowgate.policy.Decision.RequireApproval;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.OutputColumn.Derivation;
import dev.snowgate.sql.SqlAnalysis;
import dev.snowgate.sql.StatementKind;
import dev.snowgate.sql.UnloadTarget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicySetTest {
    private static final String MASKS = """
            masks:
              - {name: m-email, columns: {categories: [email]}, mask: email}
              - {name: m-hash, columns: {names: [PROD.CRM.*.EMAIL]}, principals: {groups: [hashed]}, mask: hash}
            """;
    private static final String READ_PROD =
            "  - {name: read, effect: allow, statements: {effects: [read]}, objects: [PROD]}\n";

    private static PolicySet policy(String rules) {
        return PolicySet.compile(
                7,
                List.of(new PolicySource(
                        "p.yaml",
                        "apiVersion: snowgate.dev/v1\nkind: Policy\nname: p\n" + MASKS + "rules:\n" + rules)));
    }

    private static Decision decide(String rules, Statements... statements) {
        return policy(rules).decide(request(Set.of("support"), statements));
    }

    private static MaskPlan.PlannedColumn onlyColumn(Decision decision) {
        return ((Allow) decision).obligations().masks().getFirst().columns().getFirst();
    }

    private static void assertDenied(Decision decision, String rule) {
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Deny.class, deny -> assertThat(deny.rule()).isEqualTo(rule));
    }

    @Test
    void nothing_is_allowed_without_a_rule() {
        assertDenied(decide("  []\n", select(ORDERS).output("A", Derivation.CONSTANT)), "default-deny");
        assertDenied(decide("  []\n", of(StatementKind.COMMIT, Effect.TRANSACTION)), "default-deny");
    }

    @Test
    void what_is_not_understood_is_refused_with_the_reason_of_the_analysis() {
        // When
        Decision decision = policy(READ_PROD)
                .decide(request(
                        Set.of(),
                        new SqlAnalysis.NotUnderstood(Optional.empty(), "MATCH_RECOGNIZE", "why", "instead", 1, 2)));

        // Then
        assertThat(decision).isInstanceOfSatisfying(Deny.class, deny -> {
            assertThat(deny.rule()).isEqualTo("not-understood");
            assertThat(deny.reason()).isEqualTo("why");
            assertThat(deny.advice()).isEqualTo("instead");
            assertThat(deny.trail().policyVersion()).isEqualTo(7);
        });
    }

    @Test
    void a_deny_wins_over_an_allowance() {
        assertDenied(
                decide(
                        READ_PROD + "  - {name: no, effect: deny, objects: [PROD.CRM], reason: r}\n",
                        select(CUSTOMERS, ORDERS)),
                "no");
    }

    @Test
    void an_approval_wins_over_an_allowance_and_names_its_group_and_time() {
        // When
        Decision decision = decide(
                READ_PROD
                        + "  - {name: ask, effect: require-approval, objects: [PROD.CRM], reason: why, approval: {group: g, expires-after: 2h}}\n",
                select(CUSTOMERS).output("C", Derivation.DIRECT, COUNTRY));

        // Then
        assertThat(decision).isInstanceOfSatisfying(RequireApproval.class, held -> {
            assertThat(held.rule()).isEqualTo("ask");
            assertThat(held.reason()).isEqualTo("why");
            assertThat(held.approverGroup()).isEqualTo("g");
            assertThat(held.expiresAfter()).isEqualTo(Duration.ofHours(2));
        });
    }

    @Test
    void an_allowed_object_never_carries_another_one_along() {
        assertDenied(decide(READ_PROD, select(ORDERS, SCRATCH).output("A", Derivation.DIRECT, NOTE)), "default-deny");
    }

    @Test
    void two_rules_may_cover_the_objects_of_one_statement_together() {
        assertThat(decide(
                        READ_PROD + "  - {name: dev, effect: allow, statements: {effects: [read]}, objects: [DEV]}\n",
                        select(ORDERS, SCRATCH).output("A", Derivation.DIRECT, NOTE)))
                .isInstanceOf(Allow.class);
    }

    @Test
    void a_rule_for_reads_does_not_cover_the_read_of_a_write() {
        assertDenied(
                decide(
                        READ_PROD
                                + "  - {name: dev, effect: allow, statements: {effects: [read, write]}, objects: [DEV]}\n",
                        of(StatementKind.INSERT, Effect.READ, Effect.WRITE)
                                .object(SCRATCH, Effect.WRITE)
                                .object(ORDERS, Effect.READ)),
                "default-deny");
    }

    @Test
    void objects_may_be_allowed_for_some_effects_only() {
        // Given
        String rules =
                "  - {name: both, effect: allow, statements: {effects: [read, write]}, objects: [{names: [PROD], effects: [read]}, {names: [DEV]}]}\n";

        // Then
        assertThat(decide(
                        rules,
                        of(StatementKind.INSERT).object(SCRATCH, Effect.WRITE).object(ORDERS, Effect.READ)))
                .isInstanceOf(Allow.class);
        assertDenied(
                decide(
                        rules,
                        of(StatementKind.INSERT).object(ORDERS, Effect.WRITE).object(SCRATCH, Effect.READ)),
                "default-deny");
    }

    @ParameterizedTest
    @EnumSource(
            value = Effect.class,
            names = {"UNLOAD", "FILE_TRANSFER", "EXTERNAL_CALL", "CODE", "PRIVILEGE", "COST"})
    void dangerous_effects_are_allowed_only_by_name(Effect effect) {
        // Given
        String all = "  - {name: all, effect: allow, objects: any}\n";
        String named =
                "  - {name: all, effect: allow, statements: {effects: [" + Words.of(effect) + "]}, objects: any}\n";

        // Then
        assertDenied(decide(all, of(StatementKind.CREATE_OTHER, effect)), "default-deny");
        assertThat(decide(named, of(StatementKind.CREATE_OTHER, effect))).isInstanceOf(Allow.class);
    }

    @Test
    void a_read_of_an_unknown_object_is_refused() {
        assertDenied(
                decide(READ_PROD, select(new ObjectName("PROD", "CRM", "GHOST")).output("A", Derivation.CONSTANT)),
                "unknown-object");
    }

    @Test
    void an_unknown_function_must_be_listed() {
        // Given
        Statements call = select(ORDERS)
                .output("A", Derivation.CONSTANT)
                .flag("unknown-function:MY_UDF")
                .function("MY_UDF");

        // Then
        assertDenied(decide(READ_PROD, call), "unknown-function");
        assertThat(decide(
                        "  - {name: read, effect: allow, statements: {effects: [read]}, objects: [PROD], functions: [MY_*]}\n",
                        call))
                .isInstanceOf(Allow.class);
    }

    @Test
    void a_protected_column_is_masked_by_its_category() {
        // When
        MaskPlan.PlannedColumn column =
                onlyColumn(decide(READ_PROD, select(CUSTOMERS).output("E", Derivation.DIRECT, EMAIL)));

        // Then
        assertThat(column.mask()).contains(Mask.of(MaskFunction.EMAIL));
        assertThat(column.rule()).isEqualTo("m-email");
        assertThat(column.category()).isEqualTo("email");
    }

    @Test
    void a_protected_column_without_a_mask_becomes_null() {
        assertThat(onlyColumn(decide(READ_PROD, select(CUSTOMERS).output("S", Derivation.DIRECT, SSN)))
                        .mask())
                .contains(Mask.of(MaskFunction.NULL));
    }

    @ParameterizedTest
    @EnumSource(
            value = Derivation.class,
            names = {"DERIVED", "AGGREGATED"})
    void what_is_computed_from_a_protected_column_is_redacted_wholly(Derivation derivation) {
        assertThat(onlyColumn(decide(READ_PROD, select(CUSTOMERS).output("E", derivation, EMAIL, COUNTRY)))
                        .mask())
                .contains(Mask.of(MaskFunction.REDACT));
    }

    @Test
    void the_strictest_of_several_masks_counts() {
        // Given
        PolicySet policy = policy(READ_PROD);

        // When
        Decision hashed =
                policy.decide(request(Set.of("hashed"), select(CUSTOMERS).output("E", Derivation.DIRECT, EMAIL)));
        Decision both = policy.decide(request(Set.of(), select(CUSTOMERS).output("E", Derivation.DIRECT, EMAIL, SSN)));

        // Then
        assertThat(onlyColumn(hashed).mask()).contains(Mask.of(MaskFunction.HASH));
        assertThat(onlyColumn(both).mask()).contains(Mask.of(MaskFunction.NULL));
    }

    @Test
    void a_release_shows_only_what_it_names_and_only_of_objects_that_the_rule_covers() {
        // Given
        String released =
                "  - {name: read, effect: allow, statements: {effects: [read]}, objects: [PROD.CRM], release: {categories: [email]}}\n";
        String elsewhere = READ_PROD
                + "  - {name: other, effect: allow, statements: {effects: [read]}, objects: [PROD.SALES], release: {categories: [email]}}\n";
        Statements both = select(CUSTOMERS, ORDERS).output("E", Derivation.DIRECT, EMAIL);

        // Then
        assertThat(onlyColumn(decide(released, select(CUSTOMERS).output("E", Derivation.DIRECT, EMAIL)))
                        .mask())
                .isEmpty();
        assertThat(onlyColumn(decide(released, select(CUSTOMERS).output("S", Derivation.DIRECT, SSN)))
                        .mask())
                .isPresent();
        assertThat(onlyColumn(decide(elsewhere, both)).mask()).isPresent();
    }

    @Test
    void an_unproved_column_is_refused_where_protected_values_could_be_in_it() {
        assertDenied(decide(READ_PROD, select(CUSTOMERS).output("U", Derivation.UNKNOWN)), "lineage-unknown");
        assertThat(decide(READ_PROD, select(ORDERS).output("U", Derivation.UNKNOWN)))
                .isInstanceOf(Allow.class);
        assertDenied(decide(READ_PROD, select(CUSTOMERS)), "lineage-unknown");
    }

    @Test
    void a_column_that_the_catalogue_does_not_know_is_masked() {
        assertThat(onlyColumn(decide(
                                READ_PROD,
                                select(ORDERS)
                                        .output(
                                                "X",
                                                Derivation.DIRECT,
                                                new dev.snowgate.catalog.ColumnName(ORDERS, "NEW"))))
                        .mask())
                .contains(Mask.of(MaskFunction.NULL));
    }

    @Test
    void uses_that_no_mask_can_hide_need_a_permission() {
        // Given
        Statements filter =
                select(CUSTOMERS).output("C", Derivation.DIRECT, COUNTRY).predicate(EMAIL);
        Statements count = select(CUSTOMERS).output("C", Derivation.CONSTANT).cardinality(EMAIL);
        String asking =
                "  - {name: read, effect: allow, statements: {effects: [read]}, objects: [PROD], predicate-use: approve, cardinality-use: allow}\n";

        // Then
        assertDenied(decide(READ_PROD, filter), "protected-predicate");
        assertDenied(decide(READ_PROD, count), "protected-cardinality");
        assertThat(decide(asking, filter)).isInstanceOf(RequireApproval.class);
        assertThat(decide(asking, count)).isInstanceOf(Allow.class);
    }

    @Test
    void protected_values_stay_where_they_are_protected() {
        // Given
        String write = "  - {name: w, effect: allow, statements: {effects: [read, write]}, objects: any%s}\n";
        Statements out = of(StatementKind.INSERT)
                .object(SCRATCH, Effect.WRITE)
                .object(CUSTOMERS, Effect.READ)
                .write(NOTE, EMAIL);
        Statements within =
                of(StatementKind.UPDATE).object(CUSTOMERS, Effect.WRITE).write(EMAIL, EMAIL);
        Statements otherCategory =
                of(StatementKind.UPDATE).object(CUSTOMERS, Effect.WRITE).write(EMAIL, SSN);
        Statements untraced = of(StatementKind.INSERT)
                .object(SCRATCH, Effect.WRITE)
                .object(CUSTOMERS, Effect.READ)
                .reads(EMAIL);

        // Then
        assertDenied(decide(write.formatted(""), out), "protected-write");
        assertDenied(decide(write.formatted(""), otherCategory), "protected-write");
        assertDenied(decide(write.formatted(""), untraced), "protected-write");
        assertThat(decide(write.formatted(""), within)).isInstanceOf(Allow.class);
        assertThat(decide(write.formatted(", protected-write: approve"), out)).isInstanceOf(RequireApproval.class);
    }

    @Test
    void an_unload_of_protected_columns_needs_more_than_the_permission_to_unload() {
        // Given
        Statements unload = of(StatementKind.COPY_UNLOAD, Effect.UNLOAD)
                .object(CUSTOMERS, Effect.READ)
                .unload(UnloadTarget.NAMED_STAGE)
                .predicate(EMAIL);

        // Then
        assertDenied(
                decide(
                        "  - {name: u, effect: allow, statements: {effects: [read, unload]}, unload: [named-stage], objects: any, predicate-use: allow}\n",
                        unload),
                "protected-write");
    }

    @Test
    void an_exception_frees_from_a_refusal_only_what_lies_wholly_in_it() {
        // Given
        String rules = "  - {name: all, effect: allow, statements: {effects: [drop]}, objects: any}\n"
                + "  - {name: no, effect: deny, statements: {effects: [drop]}, unless: {objects: [DEV]}, reason: r}\n";

        // Then
        assertThat(decide(rules, of(StatementKind.DROP).object(SCRATCH, Effect.DROP)))
                .isInstanceOf(Allow.class);
        assertDenied(
                decide(
                        rules,
                        of(StatementKind.DROP).object(SCRATCH, Effect.DROP).object(ORDERS, Effect.DROP)),
                "no");
        assertDenied(decide(rules, of(StatementKind.DROP, Effect.DROP)), "no");
    }

    @Test
    void an_exception_takes_from_an_allowance_whatever_touches_it() {
        assertDenied(
                decide(
                        "  - {name: a, effect: allow, statements: {effects: [read]}, objects: [PROD], unless: {objects: [PROD.CRM]}}\n",
                        select(ORDERS, CUSTOMERS).output("A", Derivation.CONSTANT)),
                "default-deny");
    }

    @Test
    void a_condition_that_fails_refuses_whatever_the_rule_says() {
        // Given
        String failing = "  - {name: odd, effect: allow, objects: any, condition: 'objects[5] == \"x\"'}\n";

        // Then
        assertDenied(decide(READ_PROD + failing, select(ORDERS).output("A", Derivation.CONSTANT)), "evaluation-error");
    }

    @Test
    void conditions_see_the_facts() {
        // Given
        String rule = "  - {name: c, effect: allow, objects: any, condition: '%s'}\n";
        Statements read = select(ORDERS).output("A", Derivation.CONSTANT);

        // Then
        for (String holds : List.of(
                "agent == \"support-copilot\"",
                "\"support\" in groups",
                "effects == [\"read\"]",
                "hour == 12 && weekday == \"monday\"",
                "objects.all(o, o.startsWith(\"PROD.\"))",
                "dialect == \"driver\" && kind == \"select\"",
                "at < timestamp(\"2027-01-01T00:00:00Z\")",
                "database == \"PROD\" && role == \"R\" && person == \"\"",
                "size(protected_columns) == 0 && output_columns == 1",
                "statement_number == 0 && statement_count == 1 && !(\"X\" in parameters)",
                "client_name.matches(\"^JDBC$\")")) {
            assertThat(decide(rule.formatted(holds), read)).as(holds).isInstanceOf(Allow.class);
        }
        assertDenied(decide(rule.formatted("hour == 13"), read), "default-deny");
    }

    @Test
    void the_strictest_statement_decides_for_the_whole_request() {
        // Given
        String rules = READ_PROD + "  - {name: ask, effect: require-approval, objects: [DEV], reason: r}\n";
        Statements fine = select(ORDERS).output("A", Derivation.CONSTANT);
        Statements asks = select(SCRATCH).output("A", Derivation.CONSTANT);
        Statements bad = of(StatementKind.DROP).object(new ObjectName("X", "Y", "Z"), Effect.DROP);

        // Then
        assertThat(decide(rules, fine, fine))
                .isInstanceOfSatisfying(
                        Allow.class,
                        allow -> assertThat(allow.obligations().masks()).hasSize(2));
        assertThat(decide(rules, fine, asks)).isInstanceOf(RequireApproval.class);
        assertDenied(decide(rules, asks, bad, fine), "default-deny");
    }

    @Test
    void groups_that_cannot_both_approve_end_in_a_refusal() {
        assertDenied(
                decide(
                        "  - {name: a, effect: require-approval, objects: [PROD.CRM], reason: r, approval: {group: x}}\n"
                                + "  - {name: b, effect: require-approval, objects: [PROD.SALES], reason: r, approval: {group: y}}\n",
                        select(CUSTOMERS, ORDERS).output("A", Derivation.CONSTANT)),
                "approval-conflict");
    }

    @Test
    void obligations_of_all_allowing_rules_add_up() {
        // When
        Decision decision = decide(
                "  - {name: a, effect: allow, objects: [PROD], obligations: {row-limit: 100, statement-timeout: 5m, record: masked}}\n"
                        + "  - {name: b, effect: allow, objects: [PROD], obligations: {row-limit: 10, statement-timeout: 1h, record: counts}}\n"
                        + "  - {name: c, effect: allow, objects: [DEV], obligations: {row-limit: 1}}\n",
                select(ORDERS).output("A", Derivation.CONSTANT));

        // Then
        assertThat(decision).isInstanceOfSatisfying(Allow.class, allow -> {
            assertThat(allow.obligations().rowLimit()).contains(10L);
            assertThat(allow.obligations().statementTimeout()).contains(Duration.ofMinutes(5));
            assertThat(allow.obligations().record()).isEqualTo(Obligations.RecordLevel.COUNTS);
        });
    }

    @Test
    void the_trail_names_rule_file_line_and_fact() {
        // When
        Decision decision = decide(READ_PROD, select(CUSTOMERS).output("E", Derivation.DIRECT, EMAIL));

        // Then
        assertThat(decision.trail().steps())
                .containsExactly(
                        new PolicyTrail.Step("read", "p.yaml", 8, "allow", "select: read PROD.CRM.CUSTOMERS", 0),
                        new PolicyTrail.Step(
                                "m-email", "p.yaml", 5, "mask", "email on PROD.CRM.CUSTOMERS.EMAIL (email)", 0));
    }

    @Test
    void time_windows_use_the_instant_of_the_request() {
        // Given
        String rule =
                "  - {name: w, effect: allow, objects: any, when: {days: [%s], from: \"%s\", to: \"%s\", zone: %s}}\n";
        Statements read = select(ORDERS).output("A", Derivation.CONSTANT);

        // Then
        assertThat(decide(rule.formatted("monday", "08:00", "18:00", "UTC"), read))
                .isInstanceOf(Allow.class);
        assertThat(decide(rule.formatted("monday", "21:00", "23:00", "Asia/Tokyo"), read))
                .isInstanceOf(Allow.class);
        assertDenied(decide(rule.formatted("tuesday", "08:00", "18:00", "UTC"), read), "default-deny");
        assertDenied(decide(rule.formatted("monday", "08:00", "12:00", "UTC"), read), "default-deny");
        assertThat(decide(rule.formatted("sunday", "20:00", "13:00", "UTC"), read))
                .isInstanceOf(Allow.class);
    }

    @Test
    void history_is_allowed_only_by_name() {
        // Given
        Statements show = of(StatementKind.SHOW, Effect.METADATA).flag("metadata:history");

        // Then
        assertDenied(decide("  - {name: a, effect: allow, objects: any}\n", show), "default-deny");
        assertThat(decide("  - {name: a, effect: allow, objects: any, metadata: [history]}\n", show))
                .isInstanceOf(Allow.class);
    }

    @Test
    void secondary_roles_and_parameters_are_judged_by_what_the_statement_leaves() {
        // Given
        String rules =
                "  - {name: a, effect: allow, objects: any, statements: {kinds: [alter-session], effects: [session]}, session: {parameters: [TIMEZONE]}}\n";
        Statements set = of(StatementKind.ALTER_SESSION, Effect.SESSION)
                .after(Statements.CONTEXT.withParameters(new java.util.TreeMap<>(java.util.Map.of("TIMEZONE", "UTC"))));
        Statements more = of(StatementKind.ALTER_SESSION, Effect.SESSION)
                .after(Statements.CONTEXT.withParameters(
                        new java.util.TreeMap<>(java.util.Map.of("TIMEZONE", "UTC", "SEARCH_PATH", "X"))));

        // Then
        assertThat(decide(rules, set)).isInstanceOf(Allow.class);
        assertDenied(decide(rules, more), "default-deny");
    }

    @Test
    void limits_hold_wherever_they_match_and_allow_nothing() {
        // Given
        String limit = """
                apiVersion: snowgate.dev/v1
                kind: Policy
                name: limits
                rules:
                  - {name: few, effect: limit, objects: [PROD], obligations: {row-limit: 5, record: counts}}
                """;
        String allow = """
                apiVersion: snowgate.dev/v1
                kind: Policy
                name: allows
                rules:
                  - {name: all, effect: allow, objects: any, obligations: {row-limit: 9}}
                """;
        PolicySource limits = new PolicySource("l.yaml", limit);
        DecisionRequest read = Statements.request(
                java.util.Set.of(),
                Statements.select(Statements.ORDERS)
                        .output(
                                "TOTAL",
                                Derivation.DIRECT,
                                new dev.snowgate.catalog.ColumnName(Statements.ORDERS, "TOTAL")));

        // Then
        assertThat(PolicySet.compile(1, List.of(limits)).decide(read))
                .isInstanceOfSatisfying(
                        Decision.Deny.class, deny -> assertThat(deny.rule()).isEqualTo("default-deny"));
        assertThat(PolicySet.compile(1, List.of(limits, new PolicySource("a.yaml", allow)))
                        .decide(read))
                .isInstanceOfSatisfying(Decision.Allow.class, allowed -> {
                    assertThat(allowed.obligations().rowLimit()).contains(5L);
                    assertThat(allowed.obligations().record()).isEqualTo(Obligations.RecordLevel.COUNTS);
                });
    }

    @Test
    void what_has_no_effect_is_a_warning() {
        // Given
        String text = """
                apiVersion: snowgate.dev/v1
                kind: Policy
                name: doubts
                masks:
                  - {name: typo, columns: {categories: [emial]}, mask: email}
                rules:
                  - {name: no-drops, effect: deny, statements: {effects: [drop, alter]}, reason: r}
                  - {name: drops, effect: allow, statements: {effects: [drop]}, objects: any}
                  - {name: reads, effect: allow, statements: {effects: [read, drop]}, objects: [PORD]}
                  - {name: numbers, effect: deny, columns: {categories: [snn]}, reason: r}
                """;

        // When
        List<PolicyProblem> warnings =
                PolicySet.compile(1, List.of(new PolicySource("d.yaml", text))).warnings(Statements.CATALOG);

        // Then
        assertThat(warnings.stream().map(w -> w.line() + " " + w.message()))
                .containsExactly(
                        "8 The rule 'drops' can never allow anything: the rule 'no-drops' refuses all of it.",
                        "5 The mask 'typo' matches no column of the catalogue.",
                        "9 The rule 'reads' names the database PORD, which the catalogue does not know.",
                        "10 The columns of the rule 'numbers' match none of the catalogue.");
    }
}

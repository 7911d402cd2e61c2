package dev.snowgate.policy;

import static dev.snowgate.policy.Statements.COUNTRY;
import static dev.snowgate.policy.Statements.CUSTOMERS;
import static dev.snowgate.policy.Statements.EMAIL;
import static dev.snowgate.policy.Statements.NOTE;
import static dev.snowgate.policy.Statements.SCRATCH;
import static dev.snowgate.policy.Statements.SSN;
import static dev.snowgate.policy.Statements.request;
import static dev.snowgate.policy.Statements.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.networknt.schema.InputFormat;
import dev.snowgate.masking.Detection;
import dev.snowgate.masking.Detector;
import dev.snowgate.masking.JsonPaths;
import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.MaskPlan.PlannedColumn;
import dev.snowgate.masking.TextKind;
import dev.snowgate.policy.Decision.Allow;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.ExecutedText;
import dev.snowgate.sql.OutputColumn.Derivation;
import dev.snowgate.sql.SqlAnalysis;
import dev.snowgate.sql.StatementKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskRulesTest {
    private static final String READ =
            "  - {name: read, effect: allow, statements: {effects: [read, write]}, objects: any}\n";
    private static final Detection EVERYTHING = new Detection(EnumSet.allOf(Detector.class), List.of(), Map.of());
    private static final String NET = "{name: net, columns: any, mask: scan}";

    private static String file(String rules, String... masks) {
        StringBuilder text = new StringBuilder("apiVersion: snowgate.dev/v1\nkind: Policy\nname: p\nmasks:\n");
        for (String mask : masks) {
            text.append("  - ").append(mask).append('\n');
        }
        return text + "rules:\n" + rules;
    }

    private static PolicySet policy(String rules, String... masks) {
        return PolicySet.compile(1, List.of(new PolicySource("p.yaml", file(rules, masks))));
    }

    private static PlannedColumn column(PolicySet policy, Statements statement) {
        return ((Allow) policy.decide(request(Set.of(), statement)))
                .obligations()
                .masks()
                .getFirst()
                .columns()
                .getFirst();
    }

    private static Mask emailUnder(String... masks) {
        return column(policy(READ, masks), select(CUSTOMERS).output("E", Derivation.DIRECT, EMAIL))
                .mask()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{function: partial, first: 1, last: 4}",
                "{function: partial, last: 4}",
                "{function: phone, region: CH}",
                "{function: round, digits: -2}",
                "{function: bucket, width: 2.5}",
                "{function: json-path, paths: $.a}",
                "{function: json-path, paths: ['$.a', '$..b[0]'], inner: null}",
                "{function: detect, detectors: [email, us-ssn], regions: [CH, US]}",
                "{function: detect, patterns: {badge: 'B-[0-9]+'}}",
                "detect",
                "phone",
                "month",
                "{function: ip}"
            })
    void every_form_compiles_and_fits_the_schema(String mask) throws IOException {
        String text = file(READ, "{name: m, columns: {categories: [email]}, mask: " + mask + "}");

        assertThat(PolicySet.compile(1, List.of(new PolicySource("p.yaml", text))))
                .isNotNull();
        assertThat(PolicyCompileTest.schema().validate(text, InputFormat.YAML)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "partial | 5:53 | The mask partial needs first and last.",
                "{function: partial} | 5:53 | Not a mask: first and last are numbers of characters from 0 to 100, not both 0.",
                "{function: partial, first: -1} | 5:53 | Not a mask: first and last are numbers of characters",
                "{function: partial, first: x} | 5:53 | Not a mask: first is a number.",
                "{function: partial, first: 1, width: 4} | 5:90 | The mask partial has no 'width'.",
                "{function: phone, region: Switzerland} | 5:79 | Not a mask: a region is a country code",
                "{function: round, digits: 99} | 5:79 | Not a mask: digits is a number from -30 to 30.",
                "bucket | 5:53 | The mask bucket needs width.",
                "{function: bucket} | 5:53 | 'width' is missing.",
                "{function: bucket, width: 0} | 5:79 | Not a mask: the width of a bucket is a number above 0.",
                "{function: bucket, width: wide} | 5:79 | This is not a number.",
                "{function: json-path} | 5:53 | 'paths' is missing.",
                "{function: json-path, paths: [email]} | 5:83 | Not a mask: a path begins with $",
                "{function: json-path, paths: ['$.a', '$[']} | 5:90 | Not a mask: a bracket is not closed.",
                "{function: json-path, paths: [$.a], inner: hash} | 5:96 | 'hash' is not known here.",
                "{function: detect, detectors: [emial]} | 5:84 | 'emial' is not known here. Did you mean 'email'?",
                "{function: detect, regions: [ch]} | 5:82 | Not a mask: a region is a country code",
                "{function: detect, patterns: {p: '('}} | 5:86 | Not a mask: not a pattern of RE2: missing closing )",
                "{function: detect, patterns: {p: 'x*'}} | 5:86 | Not a mask: a pattern must not match the empty text.",
                "{function: detect, types: [text]} | 5:79 | The mask detect has no 'types'."
            })
    void a_bad_mask_is_refused_at_its_place(String mask, String place, String message) {
        String text = file(READ, "{name: m, columns: {categories: [email]}, mask: " + mask + "}");

        assertThatThrownBy(() -> PolicySet.compile(1, List.of(new PolicySource("p.yaml", text))))
                .asInstanceOf(type(PolicyException.class))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(PolicyProblem::toString)
                        .anyMatch(problem -> problem.startsWith("p.yaml:" + place + ": " + message)));
    }

    @Test
    void a_net_says_any_or_names_and_a_mask_may_not() {
        assertThat(policy(READ, NET)).isNotNull();
        for (String bad : List.of(
                "{name: m, columns: any, mask: email}",
                "{name: m, columns: none-protected, mask: scan}",
                "{name: m, columns: {categories: [email]}, mask: scan}")) {
            assertThatThrownBy(() -> policy(READ, bad)).as(bad).isInstanceOf(PolicyException.class);
        }
    }

    @Test
    void masks_with_arguments_reach_the_plan() {
        assertThat(emailUnder(
                        "{name: m, columns: {categories: [email]}, mask: {function: partial, first: 1, last: 2}}"))
                .isEqualTo(Mask.partial(1, 2));
        assertThat(emailUnder("{name: m, columns: {categories: [email]}, mask: {function: bucket, width: 10}}"))
                .isEqualTo(Mask.bucket(BigDecimal.TEN));
        assertThat(emailUnder("{name: m, columns: {categories: [email]}, mask: detect}"))
                .isEqualTo(Mask.detect(EVERYTHING));
    }

    @Test
    void two_masks_of_a_kind_show_no_more_than_either() {
        assertThat(emailUnder(
                        "{name: a, columns: {categories: [email]}, mask: {function: partial, first: 1, last: 4}}",
                        "{name: b, columns: {categories: [email]}, mask: {function: partial, first: 3, last: 2}}"))
                .isEqualTo(Mask.partial(1, 2));
        assertThat(
                        emailUnder(
                                "{name: a, columns: {categories: [email]}, mask: {function: json-path, paths: $.a}}",
                                "{name: b, columns: {categories: [email]}, mask: {function: json-path, paths: $.b, inner: null}}"))
                .isEqualTo(Mask.jsonPath(new JsonPaths(List.of("$.a", "$.b"), JsonPaths.Inner.NULL)));
        assertThat(emailUnder(
                        "{name: a, columns: {categories: [email]}, mask: {function: detect, detectors: [email]}}",
                        "{name: b, columns: {categories: [email]}, mask: {function: detect, detectors: [card]}}"))
                .isEqualTo(Mask.detect(new Detection(Set.of(Detector.EMAIL, Detector.CARD), List.of(), Map.of())));
        assertThat(emailUnder(
                        "{name: a, columns: {categories: [email]}, mask: {function: json-path, paths: $.a}}",
                        "{name: b, columns: {categories: [email]}, mask: detect}"))
                .isEqualTo(Mask.of(MaskFunction.REDACT));
        assertThat(emailUnder(
                        "{name: a, columns: {categories: [email]}, mask: {function: round, digits: 1}}",
                        "{name: b, columns: {categories: [email]}, mask: {function: round, digits: -1}}"))
                .isEqualTo(Mask.round(-1));
        assertThat(emailUnder(
                        "{name: a, columns: {categories: [email]}, mask: detect}",
                        "{name: b, columns: {categories: [email]}, mask: email}"))
                .isEqualTo(Mask.of(MaskFunction.EMAIL));
    }

    @Test
    void computed_values_are_redacted_wholly_whatever_the_mask() {
        for (String mask : List.of("detect", "phone", "ip", "month", "{function: json-path, paths: $.a}")) {
            PolicySet policy = policy(READ, "{name: m, columns: {categories: [email]}, mask: " + mask + "}");

            assertThat(column(policy, select(CUSTOMERS).output("E", Derivation.DERIVED, EMAIL))
                            .mask())
                    .contains(Mask.of(MaskFunction.REDACT));
        }
    }

    @Test
    void a_net_lies_under_what_nothing_masks_also_where_it_is_computed() {
        // Given
        PolicySet policy = policy(READ, NET, "{name: m, columns: {categories: [email]}, mask: email}");
        Mask net = Mask.scan(EVERYTHING, EnumSet.allOf(TextKind.class));

        // Then
        assertThat(column(policy, select(SCRATCH).output("N", Derivation.DIRECT, NOTE)))
                .isEqualTo(new PlannedColumn("N", java.util.Optional.of(net), "net", ""));
        assertThat(column(policy, select(SCRATCH).output("N", Derivation.DERIVED, NOTE))
                        .mask())
                .contains(net);
        assertThat(column(policy, select(CUSTOMERS).output("E", Derivation.DIRECT, EMAIL))
                        .mask())
                .contains(Mask.of(MaskFunction.EMAIL));
        assertThat(column(policy, select(CUSTOMERS).output("S", Derivation.DIRECT, SSN))
                        .mask())
                .contains(Mask.of(MaskFunction.NULL));
        assertThat(column(policy, select(CUSTOMERS).output("N", Derivation.CONSTANT))
                        .mask())
                .isEmpty();
    }

    @Test
    void a_net_lies_only_where_it_says_and_not_under_what_is_released() {
        // Given
        PolicySet named = policy(READ, "{name: net, columns: {names: [DEV]}, mask: {function: scan, types: text}}");
        PolicySet released = policy(
                "  - {name: read, effect: allow, statements: {effects: [read]}, objects: any, release: {categories: [email], unproven: true}}\n",
                NET);

        // Then
        assertThat(column(named, select(SCRATCH).output("N", Derivation.DIRECT, NOTE))
                        .mask())
                .contains(Mask.scan(EVERYTHING, Set.of(TextKind.TEXT)));
        assertThat(column(named, select(CUSTOMERS).output("C", Derivation.DIRECT, COUNTRY))
                        .mask())
                .isEmpty();
        assertThat(column(released, select(CUSTOMERS).output("E", Derivation.DIRECT, EMAIL))
                        .mask())
                .isEmpty();
        assertThat(column(released, select(CUSTOMERS).output("E", Derivation.UNKNOWN))
                        .mask())
                .isPresent();
    }

    @Test
    void without_a_net_nothing_is_planned_for_open_columns() {
        assertThat(column(
                                policy(READ, "{name: m, columns: {categories: [email]}, mask: email}"),
                                select(SCRATCH).output("N", Derivation.DIRECT, NOTE))
                        .mask())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a****bc, true",
        "a****b, false",
        "ab****cd, false",
        "+41 ****, true",
        "+41 79 123 45 67, false",
        "call [phone] or [email], true",
        "[badge], true",
        "[shoe], false",
        "203.0.113.0/24, false",
        "plain, false"
    })
    void what_these_masks_show_is_not_written_back(String literal, boolean refused) {
        // Given
        PolicySet policy = policy(
                READ,
                "{name: a, columns: {categories: [a]}, mask: {function: partial, first: 1, last: 2}}",
                "{name: b, columns: {categories: [b]}, mask: phone}",
                "{name: c, columns: {categories: [c]}, mask: ip}",
                "{name: d, columns: {categories: [d]}, mask: {function: detect, detectors: [email, phone], patterns: {badge: B-1}}}");
        Statements write = Statements.of(StatementKind.INSERT, Effect.WRITE).object(SCRATCH, Effect.WRITE);
        SqlAnalysis analysis = new SqlAnalysis.Understood(
                new ExecutedText("x", "x", List.of(literal), List.of(), List.of()), List.of(write.build()));

        // When
        Decision decision = policy.decide(request(Set.of(), analysis));

        // Then
        assertThat(decision instanceof Decision.Deny deny && deny.rule().equals("masked-value"))
                .isEqualTo(refused);
    }
}

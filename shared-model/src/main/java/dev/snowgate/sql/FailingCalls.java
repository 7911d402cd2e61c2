package dev.snowgate.sql;

import dev.snowgate.sql.OutputColumn.Derivation;
import dev.snowgate.sql.syntax.Expr;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Calls that fail for some values of their arguments. An error is an answer, so a protected value that its author can choose the
 * error for is one that decides.
 */
final class FailingCalls {
    /** Lengths, patterns, formats and bounds that make the call fail, by the first of these arguments. */
    private static final Map<String, Integer> FROM = Map.ofEntries(
            Map.entry("LPAD", 1),
            Map.entry("RPAD", 1),
            Map.entry("UNIFORM", 0),
            Map.entry("POW", 0),
            Map.entry("POWER", 0),
            Map.entry("TO_CHAR", 1),
            Map.entry("TO_VARCHAR", 1),
            Map.entry("REGEXP_REPLACE", 1),
            Map.entry("REGEXP_COUNT", 1),
            Map.entry("REGEXP_INSTR", 1),
            Map.entry("REGEXP_SUBSTR", 1),
            Map.entry("REGEXP_SUBSTR_ALL", 1),
            Map.entry("REGEXP_EXTRACT_ALL", 1));

    /** What is added to, where the second argument is the amount. */
    private static final Map<String, Integer> ADDED_TO =
            Map.of("DATEADD", 2, "TIMEADD", 2, "TIMESTAMPADD", 2, "ADD_MONTHS", 0);

    private static final int SMALL_AMOUNT = 1_200;

    private static final Set<String> BY_FORMAT = Set.of(
            "TO_DATE",
            "DATE",
            "TO_TIME",
            "TIME",
            "TO_TIMESTAMP",
            "TO_TIMESTAMP_NTZ",
            "TO_TIMESTAMP_LTZ",
            "TO_TIMESTAMP_TZ",
            "TO_NUMBER",
            "TO_NUMERIC",
            "TO_DECIMAL");

    private static final Set<String> FIRST_NOT_NULL = Set.of("COALESCE", "NVL", "IFNULL", "ZEROIFNULL");
    private static final Set<String> TEXT_TYPES = Set.of("VARCHAR", "STRING", "TEXT", "CHAR", "VARIANT");

    private final Facts facts;

    FailingCalls(Facts facts) {
        this.facts = facts;
    }

    /** Whether a format names parts of dates, times or numbers only: a text in it would be compared with the value. */
    static boolean isPlainFormat(String format) {
        return format.matches(
                        "(?i)(YYYY|UUUU|YY|MMMM|MM|MON|DD|DY|HH24|HH12|HH|MI|SS|FF[0-9]?|AM|PM|TZH|TZM|TZD|AUTO|\"T\"|[-/.:, T])*")
                || format.matches("(?i)[09.,DG$SMI ]*");
    }

    void check(Expr.Call call, List<Taint> parts) {
        String name = call.function();
        if (FROM.containsKey(name)) {
            parts.stream().skip(FROM.get(name)).forEach(facts::predicate);
        }
        Integer base = ADDED_TO.get(name);
        if (base != null && parts.size() > Math.max(base, 1)) {
            facts.predicate(parts.get(1));
            if (!isSmall(call.arguments().get(1).value())) {
                facts.predicate(parts.get(base));
            }
        }
        if (BY_FORMAT.contains(name)
                && parts.size() > 1
                && !isPlainFormat(call.arguments().get(1).value())) {
            facts.predicate(parts.getFirst());
        }
        if (FIRST_NOT_NULL.contains(name)
                && !call.arguments().stream().map(Expr.Argument::value).skip(1).allMatch(FailingCalls::cannotFail)) {
            parts.stream()
                    .filter(part -> part.derivation() == Derivation.PARTIAL)
                    .forEach(facts::predicate);
        }
        switch (name) {
            // equal keys fail
            case "OBJECT_AGG", "OBJECTAGG" -> parts.stream().limit(1).forEach(facts::cardinality);
            case "OBJECT_CONSTRUCT", "OBJECT_CONSTRUCT_KEEP_NULL" -> {
                for (int i = 0; i < parts.size() && parts.size() > 2; i += 2) {
                    facts.predicate(parts.get(i));
                }
            }
            default -> {}
        }
    }

    private static boolean isPlainFormat(Expr format) {
        return format instanceof Expr.Literal literal
                && (literal.isNumber()
                        || literal.token() != null
                                && literal.token().isText()
                                && isPlainFormat(literal.token().content()));
    }

    private static boolean isSmall(Expr amount) {
        if (amount instanceof Expr.Operator operator && operator.name().equals("unary -")) {
            return isSmall(operator.operands().getFirst());
        }
        return amount instanceof Expr.Literal literal
                && literal.isNumber()
                && literal.token() != null
                && literal.token().text().matches("[0-9]{1,4}")
                && Integer.parseInt(literal.token().text()) <= SMALL_AMOUNT;
    }

    private static boolean cannotFail(Expr expression) {
        return switch (expression) {
            case Expr.Literal ignored -> true;
            case Expr.Column ignored -> true;
            case Expr.Access access -> cannotFail(access.base());
            case Expr.Cast cast -> (cast.attempt() || TEXT_TYPES.contains(cast.type())) && cannotFail(cast.operand());
            case Expr.Call call ->
                call.over() == null
                        && Builtins.is(call.function(), "total")
                        && !Builtins.is(call.function(), "failing")
                        && call.arguments().stream().map(Expr.Argument::value).allMatch(FailingCalls::cannotFail);
            default -> false;
        };
    }
}

package dev.snowgate.policy;

import dev.snowgate.masking.MaskFunction;
import dev.snowgate.sql.StatementKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Recognises what masks show when it comes back as a value to be written: agents write what they have read, and would
 * replace the real values. Only forms that no real value has; initials, hashes and rounded numbers look like values.
 */
final class MaskedTexts {
    private static final Set<StatementKind> WRITES = EnumSet.of(
            StatementKind.INSERT, StatementKind.MULTI_TABLE_INSERT, StatementKind.UPDATE, StatementKind.MERGE);
    private static final Pattern SHOWN = Pattern.compile(
            "\\[redacted]|(?:^|[^*])\\*{3}@[A-Za-z0-9-]+\\.|^['$]*\\*{4}[^*]{0,4}['$]*$", Pattern.DOTALL);
    private static final int SHORTEST = 3;
    private final Set<String> redactions;

    MaskedTexts(List<MaskRule> masks) {
        this.redactions = masks.stream()
                .filter(rule -> rule.mask().function() == MaskFunction.REDACT)
                .map(rule -> rule.mask().argument())
                .filter(text -> text.length() >= SHORTEST)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the statement writes and a literal of its text is what a mask shows. */
    boolean wouldBeWritten(StatementFacts facts) {
        return WRITES.contains(facts.statement().kind())
                && facts.literals().stream().anyMatch(this::isShown);
    }

    private boolean isShown(String literal) {
        return SHOWN.matcher(literal).find() || redactions.stream().anyMatch(literal::contains);
    }
}

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
            StatementKind.INSERT,
            StatementKind.MULTI_TABLE_INSERT,
            StatementKind.UPDATE,
            StatementKind.MERGE,
            StatementKind.CREATE_TABLE_AS);
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

    /** Whether the statement writes and a literal of its text, or a bound value, is what a mask shows. */
    boolean wouldBeWritten(StatementFacts facts) {
        return WRITES.contains(facts.statement().kind())
                && (facts.literals().stream().anyMatch(this::isShown)
                        || facts.request().facts().bound().anyMatches(this::isShown));
    }

    private boolean isShown(CharSequence text) {
        return SHOWN.matcher(text).find() || redactions.stream().anyMatch(redaction -> contains(text, redaction));
    }

    /** Without a copy: bound texts may be large. */
    private static boolean contains(CharSequence text, String part) {
        for (int at = 0; at <= text.length() - part.length(); at++) {
            int i = 0;
            while (i < part.length() && text.charAt(at + i) == part.charAt(i)) {
                i++;
            }
            if (i == part.length()) {
                return true;
            }
        }
        return false;
    }
}

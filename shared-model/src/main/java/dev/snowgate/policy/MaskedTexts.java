package dev.snowgate.policy;

import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.masking.Mask;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.StatementKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Recognises what masks show when it comes back as a value to be written: agents write what they have read, and would
 * replace the real values. Only forms that no real value has; initials, hashes, networks and rounded numbers look like
 * values.
 */
final class MaskedTexts {
    /** Their literals are values, never texts of SQL. */
    private static final Set<StatementKind> VALUES_ONLY = EnumSet.of(
            StatementKind.INSERT,
            StatementKind.MULTI_TABLE_INSERT,
            StatementKind.UPDATE,
            StatementKind.MERGE,
            StatementKind.CREATE_TABLE_AS);

    /** They put values into rows, or keep them to be put there later, or hand them to what may. */
    private static final Set<StatementKind> WRITERS = EnumSet.of(
            StatementKind.INSERT,
            StatementKind.MULTI_TABLE_INSERT,
            StatementKind.UPDATE,
            StatementKind.MERGE,
            StatementKind.COPY_LOAD,
            StatementKind.CREATE_TABLE,
            StatementKind.CREATE_TABLE_AS,
            StatementKind.ALTER_TABLE,
            StatementKind.SET,
            StatementKind.CALL,
            StatementKind.EXECUTE_TASK);

    private static final Set<StatementKind> REMOVERS = EnumSet.of(StatementKind.DELETE, StatementKind.TRUNCATE);
    private static final Pattern QUOTES = Pattern.compile("'+|\\$\\$");
    private static final Pattern SHOWN = Pattern.compile(
            "\\[redacted]|(?:^|[^*])\\*{3}@[A-Za-z0-9-]+\\.|^['$]*\\*{4}[^*]{0,4}['$]*$", Pattern.DOTALL);
    private static final Pattern PHONE = Pattern.compile("^['$]*\\+[0-9]{1,3} \\*{4}['$]*$");
    private static final int SHORTEST = 3;
    private final Set<String> redactions;
    private final List<Pattern> forms;

    MaskedTexts(List<MaskRule> masks) {
        Set<String> texts = new HashSet<>();
        List<Pattern> forms = new ArrayList<>();
        for (MaskRule rule : masks) {
            Mask mask = rule.mask();
            switch (mask.function()) {
                case REDACT -> texts.add(mask.argument());
                case PARTIAL -> forms.add(partial(mask.argument()));
                case PHONE -> forms.add(PHONE);
                case DETECT, SCAN -> texts.addAll(mask.placeholders());
                case NULL, EMAIL, LAST4, INITIALS, HASH, YEAR, MONTH, ROUND, BUCKET, IP, JSON_PATH -> {}
            }
        }
        texts.removeIf(text -> text.length() < SHORTEST);
        this.redactions = Set.copyOf(texts);
        this.forms = List.copyOf(forms);
    }

    /** As many characters on both sides of the stars as that mask shows. */
    private static Pattern partial(String argument) {
        String[] shown = argument.split(",", -1);
        return Pattern.compile(
                "^['$]*.{" + shown[0] + "}\\*{4}.{" + shown[shown.length - 1] + "}['$]*$", Pattern.DOTALL);
    }

    /** Whether the statement writes and a literal of its text, or a bound value, is what a mask shows. */
    boolean wouldBeWritten(StatementFacts facts) {
        return writes(facts)
                && (facts.literals().stream().anyMatch(literal -> isShown(literal) || isShownInside(literal, facts))
                        || facts.request().facts().bound().anyMatches(this::isShown));
    }

    /**
     * By what it does and not by its name: scripts, chains, tasks and procedures write too, a variable is set to be used later, and
     * what a called procedure does with its arguments is not known. A deletion only compares, in a script as by itself.
     */
    private static boolean writes(StatementFacts facts) {
        Set<StatementKind> kinds = facts.statement().kinds();
        return kinds.stream().anyMatch(WRITERS::contains)
                || facts.effects().contains(Effect.WRITE) && kinds.stream().noneMatch(REMOVERS::contains)
                || facts.objects().stream()
                        .anyMatch(use -> use.kind() == ObjectKind.PROCEDURE && use.effect() == Effect.CODE);
    }

    /** A literal that is itself a text of SQL, such as a body, holds literals of its own. */
    private boolean isShownInside(String literal, StatementFacts facts) {
        return !VALUES_ONLY.contains(facts.statement().kind())
                && QUOTES.splitAsStream(literal).anyMatch(this::isShown);
    }

    private boolean isShown(CharSequence text) {
        return SHOWN.matcher(text).find()
                || redactions.stream().anyMatch(redaction -> contains(text, redaction))
                || forms.stream().anyMatch(form -> form.matcher(text).find());
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

package dev.snowgate.console.catalog.ui;

import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.Protection;
import dev.snowgate.catalog.ProtectionRule;
import java.util.Locale;

/** Where protection comes from, in words for people. */
final class SourceWords {
    private SourceWords() {}

    /** The kind of the source in a word or two. */
    static String kind(Protection protection) {
        String source = protection.source();
        return source.startsWith("manual:")
                ? "By hand"
                : source.startsWith("derived:")
                        ? "Copied"
                        : source.startsWith("tag:")
                                ? "Tag"
                                : source.startsWith("policy:")
                                        ? "Masking policy"
                                        : source.startsWith("rule:") ? "Name rule" : "Mark";
    }

    /** What exactly it is. */
    static String detail(Protection protection) {
        String source = protection.source();
        int colon = source.indexOf(':');
        String rest = colon < 0 ? source : source.substring(colon + 1);
        return switch (kind(protection)) {
            case "By hand" -> "by " + rest;
            case "Copied" -> "from " + rest;
            case "Mark" -> source.startsWith("yaml:") ? rest : source;
            default -> rest;
        };
    }

    static String kind(ProtectionRule.Kind kind) {
        return switch (kind) {
            case MARK -> "Mark";
            case TAG -> "Tag";
            case POLICY -> "Masking policy";
            case NAME -> "Name rule";
        };
    }

    /** What a rule looks for. */
    static String pattern(ProtectionRule rule) {
        return switch (rule.kind()) {
            case TAG -> rule.pattern() + (rule.value().equals("*") ? "" : "=" + rule.value());
            case MARK, POLICY, NAME -> rule.pattern();
        };
    }

    static String kind(ObjectKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String columns(int count) {
        return count == 1 ? "1 column" : count + " columns";
    }
}

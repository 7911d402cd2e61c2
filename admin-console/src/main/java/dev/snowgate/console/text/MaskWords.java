package dev.snowgate.console.text;

import dev.snowgate.masking.MaskFunction;

/** What a mask does, in the two or three words that fit beside a column's name. */
public final class MaskWords {
    private MaskWords() {}

    /** Words such as {@code keep domain}; never empty. */
    public static String of(MaskFunction function) {
        return switch (function) {
            case NULL -> "null";
            case REDACT -> "hidden";
            case EMAIL -> "keep domain";
            case LAST4 -> "last 4";
            case INITIALS -> "initials";
            case HASH -> "hash";
            case YEAR -> "year";
            case ROUND -> "rounded";
            case PARTIAL -> "in part";
            case PHONE -> "country code";
            case BUCKET -> "bucket";
            case MONTH -> "month";
            case IP -> "network";
            case JSON_PATH -> "fields inside";
            case DETECT, SCAN -> "found values";
        };
    }
}

package dev.snowgate.masking;

import org.jspecify.annotations.Nullable;

/** Reads IP addresses without resolving any name. */
final class IpAddresses {
    static final int LONGEST_NETWORK = "ffff:ffff:ffff::/48".length();
    private static final int GROUPS = 8;
    private static final int LONGEST = 45;

    private IpAddresses() {}

    /** The /24 of an IPv4 address, the /48 of an IPv6 one; null for anything else. A prefix length after it is dropped. */
    static @Nullable String network(String value) {
        String text = value.strip();
        int slash = text.indexOf('/');
        if (slash >= 0) {
            String prefix = text.substring(slash + 1);
            if (prefix.isEmpty() || prefix.length() > 3 || !prefix.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return null;
            }
            text = text.substring(0, slash);
        }
        if (text.length() > LONGEST) {
            return null;
        }
        if (endOfV4(text, 0) == text.length() && !text.isEmpty()) {
            return text.substring(0, text.lastIndexOf('.')) + ".0/24";
        }
        int[] groups = v6(text);
        if (groups == null) {
            return null;
        }
        boolean mapped = groups[0] == 0 && groups[1] == 0 && groups[2] == 0;
        return mapped
                ? null
                : Integer.toHexString(groups[0]) + ":" + Integer.toHexString(groups[1]) + ":"
                        + Integer.toHexString(groups[2]) + "::/48";
    }

    /** The end of the dotted quad that begins there, or -1. */
    static int endOfV4(CharSequence text, int from) {
        int at = from;
        for (int part = 0; part < 4; part++) {
            if (part > 0) {
                if (at >= text.length() || text.charAt(at) != '.') {
                    return -1;
                }
                at++;
            }
            int start = at;
            int number = 0;
            while (at < text.length() && at - start < 3 && Text.isDigit(text.charAt(at))) {
                number = number * 10 + text.charAt(at) - '0';
                at++;
            }
            if (at == start || number > 255 || (at - start > 1 && text.charAt(start) == '0')) {
                return -1;
            }
        }
        return at;
    }

    /** The end of the IPv4 address in running text that begins there, or -1: not a version, a section or a longer number. */
    static int find(String text, int from) {
        char before = Text.at(text, from - 1);
        int end = endOfV4(text, from);
        return end < 0
                        || text.charAt(from) == '0'
                        || Text.isLetterOrDigit(text, from - 1)
                        || before == '.'
                        || before == '-'
                        || Text.isLetterOrDigit(text, end)
                        || Text.precedesPoint(text, end)
                        || Text.at(text, end) == '-'
                        || Text.hasWord(text, from - 12, from, "version", "ver", "v", "release", "section", "chapter")
                ? -1
                : end;
    }

    /** Whether it is an IPv6 address and nothing else that has colons, such as a time or a qualified name. */
    static boolean isEvidentV6(String text) {
        int[] groups = v6(text);
        if (groups == null || text.chars().noneMatch(c -> Text.isDigit((char) c))) {
            return false;
        }
        long written = java.util.Arrays.stream(text.split(":", -1))
                .filter(part -> !part.isEmpty())
                .count();
        return written >= 3 || written == 2 && text.indexOf("::") == 4;
    }

    /** The eight groups of an IPv6 address, or null. */
    static int @Nullable [] v6(CharSequence text) {
        int[] groups = new int[GROUPS];
        int count = 0;
        int gap = -1;
        int at = 0;
        int length = text.length();
        if (text.toString().contains(":::") || (length >= 2 && text.charAt(0) == ':' && text.charAt(1) != ':')) {
            return null;
        }
        while (at < length) {
            if (text.charAt(at) == ':') {
                // the second of two colons, or the first of all
                if (at + 1 < length && text.charAt(at + 1) == ':') {
                    if (gap >= 0) {
                        return null;
                    }
                    gap = count;
                    at += 2;
                    continue;
                }
                at++;
                if (at == length || count == 0) {
                    return null;
                }
            }
            int v4 = count <= GROUPS - 2 ? endOfV4(text, at) : -1;
            if (v4 == length) {
                int dotted = dotted(text, at);
                groups[count++] = dotted >>> 16;
                groups[count++] = dotted & 0xffff;
                break;
            }
            int start = at;
            int number = 0;
            while (at < length && at - start < 4 && Character.digit(text.charAt(at), 16) >= 0) {
                number = number * 16 + Character.digit(text.charAt(at), 16);
                at++;
            }
            if (at == start || count == GROUPS || (at < length && text.charAt(at) != ':')) {
                return null;
            }
            groups[count++] = number;
        }
        return spread(groups, count, gap);
    }

    private static int @Nullable [] spread(int[] groups, int count, int gap) {
        if (gap < 0 ? count != GROUPS : count >= GROUPS) {
            return null;
        }
        if (gap >= 0) {
            int tail = count - gap;
            System.arraycopy(groups, gap, groups, GROUPS - tail, tail);
            for (int i = gap; i < GROUPS - tail; i++) {
                groups[i] = 0;
            }
        }
        return groups;
    }

    private static int dotted(CharSequence text, int from) {
        int value = 0;
        int part = 0;
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '.') {
                value = value << 8 | part;
                part = 0;
            } else {
                part = part * 10 + text.charAt(i) - '0';
            }
        }
        return value << 8 | part;
    }
}

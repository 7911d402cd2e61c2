package dev.snowgate.masking;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds what the detectors of a policy look for in texts, in one pass and linear time, and puts words in its place. */
final class TextScanner {
    private static final int FEWEST_DIGITS = 4;
    private static final int LONGEST_IP = 45;
    private static final Set<Detector> OF_DIGITS =
            EnumSet.of(Detector.IBAN, Detector.CARD, Detector.US_SSN, Detector.IP, Detector.PHONE);

    private static final int ASCII = 0x80;
    private static final byte DIGIT = 1;
    private static final byte AT = 2;
    private static final byte COLON = 4;
    private static final byte SECRET = 8;
    /** What a character may begin or be part of. */
    private static final byte[] KINDS = kinds();

    private final boolean email;
    private final boolean iban;
    private final boolean card;
    private final boolean ssn;
    private final boolean ip;
    private final boolean phone;
    private final boolean secret;
    private final boolean digits;
    private final int wanted;
    private final PhoneNumbers phones;
    private final Map<String, Pattern> patterns = new TreeMap<>();

    TextScanner(Detection detection) {
        Set<Detector> on = detection.detectors();
        this.email = on.contains(Detector.EMAIL);
        this.iban = on.contains(Detector.IBAN);
        this.card = on.contains(Detector.CARD);
        this.ssn = on.contains(Detector.US_SSN);
        this.ip = on.contains(Detector.IP);
        this.phone = on.contains(Detector.PHONE);
        this.secret = on.contains(Detector.SECRET);
        this.digits = on.stream().anyMatch(OF_DIGITS::contains);
        this.wanted = (digits ? DIGIT : 0) | (email ? AT : 0) | (ip ? COLON : 0) | (secret ? SECRET : 0);
        this.phones = new PhoneNumbers(detection.regions());
        detection.patterns().forEach((name, text) -> patterns.put(name, Pattern.compile(text)));
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[ASCII];
        for (char c = 0; c < ASCII; c++) {
            kinds[c] = Text.isDigit(c) ? DIGIT : c == '@' ? AT : c == ':' ? COLON : Secrets.begins(c) ? SECRET : 0;
        }
        return kinds;
    }

    /** The text with a word in brackets for each thing found; the same text if nothing was. */
    String mask(String text, DetectionCounts counts) {
        if (text.isEmpty() || (patterns.isEmpty() && !mayHold(text))) {
            return text;
        }
        FoldedText folded = FoldedText.of(text);
        List<Span> spans = find(folded.text());
        return spans.isEmpty() ? text : replaced(text, folded, spans, counts);
    }

    /** Whether any built-in detector could find anything: cheap, and most texts end here. */
    private boolean mayHold(String text) {
        int digitsSeen = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ASCII) {
                return true;
            }
            switch (KINDS[c] & wanted) {
                case 0 -> {}
                case DIGIT -> {
                    if (++digitsSeen >= FEWEST_DIGITS) {
                        return true;
                    }
                }
                case SECRET -> {
                    if ((i == 0 || !Text.isLetterOrDigit(text.charAt(i - 1))) && Secrets.end(text, i) > 0) {
                        return true;
                    }
                }
                default -> {
                    return true;
                }
            }
        }
        return false;
    }

    private List<Span> find(String text) {
        List<Span> spans = new ArrayList<>();
        int length = text.length();
        PhoneNumbers.Tries tries = new PhoneNumbers.Tries(length);
        for (int i = 0; i < length; ) {
            char c = text.charAt(i);
            int kind = c < ASCII ? KINDS[c] & wanted : 0;
            int next = i + 1;
            if (kind == DIGIT) {
                next = ofDigits(text, i, spans, tries);
            } else if (kind == AT) {
                next = address(text, i, spans);
            } else if (kind == COLON) {
                next = colon(text, i, spans);
            } else if (kind == SECRET && (i == 0 || !Text.isLetterOrDigit(text.charAt(i - 1)))) {
                int end = Secrets.end(text, i);
                next = end > 0 ? found(Detector.SECRET, i, end, spans) : next;
            }
            i = next;
        }
        patterns.forEach((name, pattern) -> match(text, name, pattern, spans));
        return spans;
    }

    /** Tries what begins with the run of digits there; answers where to go on. */
    private int ofDigits(String text, int at, List<Span> spans, PhoneNumbers.Tries tries) {
        if (iban && isAfterCountry(text, at)) {
            int end = Ibans.end(text, at - 2);
            if (end > 0) {
                return found(Detector.IBAN, at - 2, end, spans);
            }
        }
        int end = card ? CardNumbers.end(text, at) : -1;
        if (end > 0) {
            return found(Detector.CARD, at, end, spans);
        }
        end = ssn ? SocialSecurityNumbers.end(text, at) : -1;
        if (end > 0) {
            return found(Detector.US_SSN, at, end, spans);
        }
        end = ip ? IpAddresses.find(text, at) : -1;
        if (end > 0) {
            return found(Detector.IP, at, end, spans);
        }
        end = phone ? phones.end(text, at, spans.isEmpty() ? 0 : spans.getLast().end(), tries) : -1;
        if (end > 0) {
            return found(Detector.PHONE, PhoneNumbers.start(text, at), end, spans);
        }
        int next = at + 1;
        while (Text.isDigit(text, next)) {
            next++;
        }
        return next;
    }

    private static boolean isAfterCountry(String text, int at) {
        return at >= 2
                && Character.isLetter(text.charAt(at - 1))
                && Character.isLetter(text.charAt(at - 2))
                && Text.isDigit(text, at + 1);
    }

    private static int address(String text, int at, List<Span> spans) {
        int start = EmailAddresses.start(text, at);
        int end = start < 0 ? -1 : EmailAddresses.end(text, at);
        return end < 0 ? at + 1 : found(Detector.EMAIL, start, end, spans);
    }

    /** The first colon of what may be an IPv6 address. */
    private static int colon(String text, int at, List<Span> spans) {
        int start = at;
        while (start > 0 && at - start < 5 && Character.digit(text.charAt(start - 1), 16) >= 0) {
            start--;
        }
        int end = at;
        while (end < text.length() && end - start <= LONGEST_IP && isOfIp(text.charAt(end))) {
            end++;
        }
        while (end > at + 1 && !Text.isLetterOrDigit(text.charAt(end - 1)) && text.charAt(end - 2) != ':') {
            end--;
        }
        boolean whole = !Text.isLetterOrDigit(text, start - 1) && !Text.isLetterOrDigit(text, end);
        return whole && IpAddresses.isEvidentV6(text.substring(start, end))
                ? found(Detector.IP, start, end, spans)
                : at + 1;
    }

    private static boolean isOfIp(char c) {
        return c == ':' || c == '.' || Character.digit(c, 16) >= 0;
    }

    private static int found(Detector detector, int start, int end, List<Span> spans) {
        spans.add(new Span(start, end, detector.word(), detector.ordinal()));
        return end;
    }

    private static void match(String text, String name, Pattern pattern, List<Span> spans) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            if (matcher.end() > matcher.start()) {
                spans.add(new Span(matcher.start(), matcher.end(), name, Detector.values().length));
            }
        }
    }

    private static String replaced(String text, FoldedText folded, List<Span> spans, DetectionCounts counts) {
        spans.sort(Span.ORDER);
        StringBuilder out = new StringBuilder(text.length());
        int written = 0;
        Span open = spans.getFirst();
        for (int i = 1; i <= spans.size(); i++) {
            if (i < spans.size() && open.overlaps(spans.get(i))) {
                open = open.joined(spans.get(i));
                continue;
            }
            out.append(text, written, folded.start(open.start()))
                    .append('[')
                    .append(open.label())
                    .append(']');
            written = folded.end(open.end());
            counts.found(open.label());
            open = i < spans.size() ? spans.get(i) : open;
        }
        return out.append(text, written, text.length()).toString();
    }
}

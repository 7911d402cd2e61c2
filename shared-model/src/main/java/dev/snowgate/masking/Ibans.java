package dev.snowgate.masking;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** International bank account numbers: a country's length and the check digits (ISO 13616). */
final class Ibans {
    private static final Map<String, Integer> LENGTHS =
            lengths("AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 "
                    + "CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 "
                    + "GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 "
                    + "MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 "
                    + "SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30");
    private static final int MODULUS = 97;

    private Ibans() {}

    private static Map<String, Integer> lengths(String table) {
        Map<String, Integer> lengths = new HashMap<>();
        for (String entry : table.split(" ", -1)) {
            lengths.put(entry.substring(0, 2), Integer.valueOf(entry.substring(2)));
        }
        return Map.copyOf(lengths);
    }

    /** The end of the account number whose country stands there, or -1. Single spaces or dashes may part it. */
    static int end(String text, int from) {
        if (from < 0 || Text.isLetterOrDigit(text, from - 1)) {
            return -1;
        }
        Integer length = LENGTHS.get(text.substring(from, from + 2).toUpperCase(Locale.ROOT));
        if (length == null) {
            return -1;
        }
        char[] characters = new char[length];
        int count = 0;
        int at = from;
        while (at < text.length() && count < length) {
            char c = text.charAt(at);
            if (c < 0x80 && Text.isLetterOrDigit(c)) {
                characters[count++] = Character.toUpperCase(c);
            } else if (c != ' ' && c != '-' || !Text.isLetterOrDigit(text, at + 1)) {
                return -1;
            }
            at++;
        }
        return count == length && !Text.isLetterOrDigit(text, at) && isChecked(characters) ? at : -1;
    }

    private static boolean isChecked(char[] characters) {
        int remainder = 0;
        for (int i = 0; i < characters.length; i++) {
            char c = characters[(i + 4) % characters.length];
            int value = Text.isDigit(c) ? c - '0' : c - 'A' + 10;
            remainder = (value < 10 ? remainder * 10 + value : remainder * 100 + value) % MODULUS;
        }
        return remainder == 1 && Text.isDigit(characters[2]) && Text.isDigit(characters[3]);
    }
}

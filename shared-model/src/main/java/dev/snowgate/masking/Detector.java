package dev.snowgate.masking;

import java.util.Locale;

/** What content detection can find, by the words that policies use in lower case with dashes. */
public enum Detector {
    /** E-mail addresses. */
    EMAIL,
    /** Phone numbers: with a calling code everywhere, without one in the regions of the policy. */
    PHONE,
    /** Payment cards: issuer, length and check digit. */
    CARD,
    /** Bank accounts: country, length and check digits. */
    IBAN,
    /** US social security numbers: written with dashes, or where the words beside it say so. */
    US_SSN,
    /** IP addresses. */
    IP,
    /** Keys and tokens of known formats. */
    SECRET;

    /** The word of policies; what is found becomes this word in brackets. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

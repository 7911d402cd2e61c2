package dev.snowgate.masking;

/** The mask functions, by the names that policies use in lower case with dashes. */
public enum MaskFunction {
    /** SQL NULL. */
    NULL,
    /** A fixed text, whatever the value; null stays null. Types other than text become null. */
    REDACT,
    /** E-mail address: first letter and domain stay. */
    EMAIL,
    /** Last four characters stay. */
    LAST4,
    /** First letters of words stay. */
    INITIALS,
    /** HMAC-SHA-256 with the tenant's key: equal values stay equal. */
    HASH,
    /** Date or timestamp to the first day of its year. */
    YEAR,
    /** Number to zero decimals and two significant digits. */
    ROUND
}

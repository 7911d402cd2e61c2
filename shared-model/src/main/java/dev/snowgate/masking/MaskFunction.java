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
    /** Number to zero decimals and two significant digits, or to a number of decimals. */
    ROUND,
    /** First and last characters stay, at most half of the letters and digits. */
    PARTIAL,
    /** Phone number: the country's calling code stays. */
    PHONE,
    /** Number to the lower end of its bucket. */
    BUCKET,
    /** Date or timestamp to the first day of its month. */
    MONTH,
    /** IP address to its network: /24, or /48 of IPv6. */
    IP,
    /** Values at some paths inside semi-structured values; the rest stays. */
    JSON_PATH,
    /** What detectors find in text and semi-structured values; the rest of the text stays. */
    DETECT,
    /**
     * The second net: the same on columns that nothing else masks. The one function that leaves types other than text
     * and semi-structured ones as they are.
     */
    SCAN
}

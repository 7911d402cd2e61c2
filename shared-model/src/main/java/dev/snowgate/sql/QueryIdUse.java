package dev.snowgate.sql;

/**
 * A query id that the statement names in its text.
 *
 * @param literal the id as written (without quotes)
 * @param span where the literal stands in the executed text, quotes included, so that it can be replaced
 * @param function the function that takes it, upper case, such as {@code RESULT_SCAN}
 */
public record QueryIdUse(String literal, TextSpan span, String function) {}

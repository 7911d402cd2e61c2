package dev.snowgate.model.statement;

import java.security.SecureRandom;
import java.util.UUID;

/**
 * Our id of a statement, in the shape of a Snowflake query id (a UUID), so that drivers accept it wherever they expect
 * one: UUID version 8 with the fixed first byte {@code 5e}, by which it is told from Snowflake's own ids.
 */
public record StatementId(UUID value) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new, unguessable id. */
    public static StatementId random() {
        long high = RANDOM.nextLong();
        long low = RANDOM.nextLong();
        high = (high & 0x00FF_FFFF_FFFF_0FFFL) | 0x5E00_0000_0000_8000L;
        low = (low & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new StatementId(new UUID(high, low));
    }

    /** Whether the text has the form of one of our ids, rather than of one of Snowflake's. */
    public static boolean isOurs(String text) {
        return text.length() == 36 && text.startsWith("5e") && text.charAt(14) == '8';
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

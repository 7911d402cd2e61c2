package dev.snowgate.recording;

import dev.snowgate.sql.ExecutedText;
import java.util.Optional;

/**
 * The texts of one statement, stored sealed only.
 *
 * @param original the text as the agent sent it
 * @param executed the text as it goes to Snowflake, if the lexer accepted the original
 */
public record StatementText(String original, Optional<ExecutedText> executed) {
    @Override
    public String toString() {
        return "StatementText[" + original.length() + " characters]";
    }
}

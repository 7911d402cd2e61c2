package dev.snowgate.gateway.statement;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a held statement needs to run later: everything of {@link Statement} that its ledger entry does not hold. */
public record StoredText(
        String text,
        Bindings bindings,
        Map<String, String> parameters,
        OptionalInt statementCount,
        OptionalLong timeoutSeconds,
        OptionalLong rowLimit,
        String queryTag,
        List<String> droppedFields) {
    @Override
    public String toString() {
        return "StoredText[" + text.length() + " characters]";
    }
}

package dev.snowgate.gateway.pipeline;

import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.TransactionState;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.StatementAnalysis;
import java.util.Map;
import java.util.Optional;

/** Which context a run leaves, and whether Snowflake agrees. Pure. */
final class ContextAfter {
    private ContextAfter() {}

    /** The context that the analysis predicts after the whole request. */
    static SessionContext expected(AnalysedStatement analysed) {
        return analysed.statements().isEmpty()
                ? analysed.statement().context()
                : analysed.statements().getLast().contextAfter();
    }

    /** Whether a name that Snowflake reports is not the one that was expected. */
    static boolean drifted(SessionContext expected, Map<String, Optional<String>> reported) {
        return differs(reported, "database", expected.database())
                || differs(reported, "schema", expected.schema())
                || differs(reported, "warehouse", expected.warehouse())
                || differs(reported, "role", Optional.of(expected.role()));
    }

    /**
     * After an error nothing of a single statement took effect, but an open transaction is in doubt. In a request of several
     * that change the session, earlier ones did take effect: then no unqualified name is resolved until a USE says where we are.
     */
    static Optional<SessionContext> afterFailure(AnalysedStatement analysed) {
        SessionContext before = analysed.statement().context();
        boolean several = analysed.statements().size() > 1;
        boolean session = analysed.statements().stream().anyMatch(ContextAfter::touchesSession);
        if (several && session || analysed.statements().stream().anyMatch(s -> !s.contextAfterKnown())) {
            SessionContext after =
                    before.withNamespace(Optional.empty(), Optional.empty()).withTransaction(TransactionState.UNKNOWN);
            return Optional.of(overlayInDoubt(analysed, before) ? after.withUnknownOverlay() : after);
        }
        if (before.transaction() == TransactionState.OPEN) {
            return Optional.of(before.withTransaction(TransactionState.UNKNOWN));
        }
        return Optional.empty();
    }

    /** Which of the changes of temporary objects and variables took effect is not said. */
    private static boolean overlayInDoubt(AnalysedStatement analysed, SessionContext before) {
        return analysed.statements().stream()
                .map(StatementAnalysis::contextAfter)
                .anyMatch(after -> !after.overlay().equals(before.overlay())
                        || !after.temporaryObjects().equals(before.temporaryObjects())
                        || !after.variables().equals(before.variables()));
    }

    private static boolean touchesSession(StatementAnalysis statement) {
        return statement.changesSession() || statement.effects().contains(Effect.TRANSACTION);
    }

    private static boolean differs(Map<String, Optional<String>> reported, String key, Optional<String> expected) {
        Optional<String> said = reported.getOrDefault(key, Optional.empty());
        return said.isPresent() && !said.equals(expected);
    }
}

package dev.snowgate.gateway.pipeline;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.policy.Decision;
import java.util.Optional;

/** The words for an agent when a statement does not run: one line first, then what to do. Pure. */
final class Refusals {
    private Refusals() {}

    static String message(Decision.Deny deny) {
        String said = "Refused by Snowgate: " + deny.reason() + " (rule " + deny.rule() + ", policy v"
                + deny.trail().policyVersion() + "). It did not run.";
        return deny.advice().isEmpty() ? said : said + "\n" + deny.advice();
    }

    /** A fault as one with a code: what has none is an internal fault, and its own words stay inside. */
    static GatewayException known(Throwable fault, StatementId statement) {
        if (fault instanceof GatewayException known && known.statement().isPresent()) {
            return known;
        }
        if (fault instanceof GatewayException known) {
            return new GatewayException(known.code(), text(known), Optional.of(statement), known);
        }
        return new GatewayException(
                GatewayErrorCode.INTERNAL_FAULT,
                "The gateway failed while it looked at the statement, so it did not run. Reference " + statement + ".",
                Optional.of(statement),
                fault);
    }

    static String text(GatewayException fault) {
        return fault.getMessage() == null ? fault.code().name() : fault.getMessage();
    }
}

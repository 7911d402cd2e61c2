package dev.snowgate.console.policy;

import dev.snowgate.console.text.MarkedText;
import dev.snowgate.policy.PolicyProblem;
import dev.snowgate.recording.RecordedAnalysis;
import dev.snowgate.recording.RecordedDecision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What trying a statement gave. */
public sealed interface TryOut {
    /** The policy decided; for reading only, nothing can run on it. */
    record Answer(
            RecordedDecision decision,
            RecordedAnalysis analysis,
            Optional<MarkedText> text,
            List<ResultColumn> columns,
            long policyVersion,
            long catalogVersion,
            Duration took)
            implements TryOut {

        /** Whether any result column is masked. */
        public boolean masksAnything() {
            return columns.stream().anyMatch(column -> !column.mask().isEmpty());
        }
    }

    /** The version does not compile, so it decides nothing. */
    record Broken(List<PolicyProblem> problems) implements TryOut {}

    /**
     * One result column, where it comes from and what the agent would get of it.
     *
     * @param way how it comes from its origins, in one word; empty text for the value itself
     * @param mask name of the mask, empty text if released as it is
     */
    record ResultColumn(String name, List<Origin> origins, String way, String mask, String rule) {
        ResultColumn named(String other) {
            return new ResultColumn(other, origins, way, mask, rule);
        }
    }

    /** A base column. */
    record Origin(String object, String column, boolean guarded) {}
}

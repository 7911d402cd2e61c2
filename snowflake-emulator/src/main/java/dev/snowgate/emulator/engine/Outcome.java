package dev.snowgate.emulator.engine;

import dev.snowgate.emulator.Refused;
import dev.snowgate.emulator.result.StoredResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an execution ended. */
public sealed interface Outcome {

    /**
     * It has a result.
     *
     * @param typeId Snowflake's statementTypeId
     * @param stats counters of changed rows by their wire names; empty for other statements
     * @param binds number of question marks, told to describes
     * @param transfer reply of PUT and GET; null for others
     */
    record Success(
            StoredResult result,
            int typeId,
            Map<String, Long> stats,
            int binds,
            boolean arrayBind,
            @Nullable Map<String, Object> transfer)
            implements Outcome {}

    /** It was a request of several statements, each with an execution of its own. */
    record Several(List<Execution> children) implements Outcome {}

    record Failure(Refused error) implements Outcome {}
}

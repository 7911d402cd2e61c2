package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.gateway.statement.StoredChunks;
import dev.snowgate.masking.MaskPlan;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Where the parts of a result stand in a dialect's reply. */
sealed interface ResultTree permits DriverResultTree, SqlApiResultTree {
    ObjectNode root();

    /** Fails unless the rows are JSON. */
    void requireJson();

    JsonNode rowType();

    ArrayNode rows();

    /** Removes fields beside the rows that are not known: they may carry rows. */
    void removeUnknownFields();

    /** Takes the addresses of what follows out of the reply; empty if nothing follows. */
    Optional<StoredChunks> takeChunks(MaskPlan plan, List<String> types);

    /** Puts our addresses into the reply. */
    void putChunks(List<String> urls, String headerName, String headerValue, StoredChunks chunks);
}

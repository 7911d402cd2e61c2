package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.gateway.snowflake.Base64Rows;
import dev.snowgate.gateway.snowflake.JsonRows;
import dev.snowgate.gateway.statement.ReplyColumn;
import dev.snowgate.gateway.statement.StoredChunks;
import dev.snowgate.masking.MaskPlan;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where the parts of a result stand in a dialect's reply. */
sealed interface ResultTree permits DriverResultTree, SqlApiResultTree {
    ObjectNode root();

    /** The format of the rows here and of what follows; fails if it is none that is understood. */
    StoredChunks.Format format();

    JsonNode rowType();

    /** The rows that travel in the reply; none if there are none. */
    JsonRows rows();

    /** Puts masked rows in their place. */
    void putRows(JsonRows rows);

    /** The Arrow stream of the reply; empty if there is none. */
    Base64Rows arrowRows();

    /** Puts a masked stream in its place. */
    void putArrowRows(Base64Rows stream);

    /** Removes fields beside the rows that are not known: they may carry rows. */
    void removeUnknownFields();

    /** Takes the addresses of what follows out of the reply; empty if nothing follows. */
    Optional<StoredChunks> takeChunks(MaskPlan plan, List<ReplyColumn> columns);

    /** Puts our addresses into the reply. */
    void putChunks(List<String> urls, String headerName, String headerValue, StoredChunks chunks);
}

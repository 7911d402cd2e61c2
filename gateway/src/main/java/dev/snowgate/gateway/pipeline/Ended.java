package dev.snowgate.gateway.pipeline;

import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.UpstreamReply;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param entry the ledger's entry after it
 * @param reply the reply, for who waits in this replica; everybody else reads the result again from Snowflake
 */
record Ended(LedgerEntry entry, Optional<UpstreamReply.Complete> reply) {}

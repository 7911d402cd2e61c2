/**
 * The values that flow through {@link dev.snowgate.gateway.pipeline.StatementPipeline} and the ports that it calls:
 * {@link Upstream}, {@link StatementLedger}, {@link Recorder}, {@link Grants}, {@link ResultMasker}. An agent's SQL reaches
 * Snowflake only with one of the three proofs: {@link ClearedStatement}, {@link ClearedDescribe}, {@link OwnedResult}.
 * {@link PageBytes} are the rows of a reply as they are recorded and leave. Knows the shared model and nothing else: no HTTP, no JSON, no dialect, no R2DBC.
 */
@NullMarked
package dev.snowgate.gateway.statement;

import org.jspecify.annotations.NullMarked;

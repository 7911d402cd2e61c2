/**
 * The way of one statement. {@link dev.snowgate.gateway.pipeline.StatementPipeline} reads top to bottom: receive, analyse, decide,
 * hold or run, mask, record. {@link dev.snowgate.gateway.pipeline.Executions} owns everything that runs longer than the exchange that
 * started it. Knows no HTTP, no JSON and no dialect; stages are called with typed values and never call each other.
 */
@NullMarked
package dev.snowgate.gateway.pipeline;

import org.jspecify.annotations.NullMarked;

/**
 * Calls the real Snowflake. {@link dev.snowgate.gateway.snowflake.client.UpstreamClient} sends cleared statements in the agent's
 * dialect, {@link dev.snowgate.gateway.snowflake.client.DriverSessions} keeps one upstream session per agent session,
 * {@link dev.snowgate.gateway.snowflake.client.StorageClient} fetches chunks,
 * {@link dev.snowgate.gateway.snowflake.client.CatalogLookup} asks about objects. SQL of our own is listed in
 * {@link dev.snowgate.gateway.snowflake.client.GatewayStatement} and nowhere else. Upstream tokens are renewed here and never shown.
 *
 * <p>Must not know: edge, pipeline, policies, R2DBC.
 */
@NullMarked
package dev.snowgate.gateway.snowflake.client;

import org.jspecify.annotations.NullMarked;

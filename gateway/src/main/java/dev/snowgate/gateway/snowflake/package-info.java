/**
 * What Snowflake's two protocols share on the wire: {@link dev.snowgate.gateway.snowflake.ProtocolExchange} names every exchange,
 * {@link dev.snowgate.gateway.snowflake.ProtocolDialect} reads and writes one dialect, {@link
 * dev.snowgate.gateway.snowflake.FieldTable} and {@link dev.snowgate.gateway.snowflake.SessionParameters} say which fields and
 * parameters pass. Facts that the code rests on: drivers read the envelope and not the HTTP status; they repeat a request under
 * the same request id; in-progress replies are polled for as long as it takes, each answered in less than 45 seconds.
 *
 * <p>Must not know: Spring, HTTP exchanges, policies, the database.
 */
@NullMarked
package dev.snowgate.gateway.snowflake;

import org.jspecify.annotations.NullMarked;

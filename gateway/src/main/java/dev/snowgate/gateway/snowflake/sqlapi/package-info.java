/**
 * The SQL API, version 2: {@code /api/v2/statements}. {@link dev.snowgate.gateway.snowflake.sqlapi.SqlApiDialect} is its entry;
 * requests upstream are composed by {@link dev.snowgate.gateway.snowflake.sqlapi.SqlApiRequests}, never copied. There is no
 * session: each request names its whole context. Here the HTTP status matters.
 *
 * <p>Must not know: Spring, HTTP exchanges, policies, the database, the drivers' protocol.
 */
@NullMarked
package dev.snowgate.gateway.snowflake.sqlapi;

import org.jspecify.annotations.NullMarked;

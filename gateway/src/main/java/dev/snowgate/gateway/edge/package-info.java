/**
 * The HTTP edge: {@link dev.snowgate.gateway.edge.SnowflakeRoutes} declares every path, {@link
 * dev.snowgate.gateway.edge.StatementFilter} authenticates, reads within limits, asks a dialect what the exchange is, hands it to
 * the pipeline and writes the bytes that the dialect makes. Everything that is not recognised is refused and recorded. The only
 * package that sees a {@code ServerWebExchange}.
 *
 * <p>Must not know: JSON, SQL, policies, the database.
 */
@NullMarked
package dev.snowgate.gateway.edge;

import org.jspecify.annotations.NullMarked;

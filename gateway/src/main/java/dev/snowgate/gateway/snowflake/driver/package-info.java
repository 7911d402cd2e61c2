/**
 * The protocol of the Snowflake drivers: log-in, {@code /queries/v1/query-request} and its relatives. {@link
 * dev.snowgate.gateway.snowflake.driver.DriverDialect} is its entry; requests upstream are composed by {@link
 * dev.snowgate.gateway.snowflake.driver.DriverRequests}, never copied. Every answer is HTTP 200 with the driver's envelope.
 *
 * <p>Must not know: Spring, HTTP exchanges, policies, the database, the SQL API.
 */
@NullMarked
package dev.snowgate.gateway.snowflake.driver;

import org.jspecify.annotations.NullMarked;

/**
 * The protocol of the drivers: log-in, renewal, query-request, polling, abort, monitoring.
 *
 * <p>Every answer is HTTP 200 with the envelope data/code/message/success; in-progress replies carry 333333 or
 * 333334 and a path to poll. Main types: DriverRoutes, QueryEndpoint, LoginEndpoint.
 */
@NullMarked
package dev.snowgate.emulator.protocol.driver;

import org.jspecify.annotations.NullMarked;

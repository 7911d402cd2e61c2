/**
 * The SQL API v2: submit, poll, partitions, cancel, with a bearer token and no session.
 *
 * <p>HTTP status matters here: 202 in progress, 422 failed, 401 not authenticated. Main type: SqlApiRoutes.
 */
@NullMarked
package dev.snowgate.emulator.protocol.sqlapi;

import org.jspecify.annotations.NullMarked;

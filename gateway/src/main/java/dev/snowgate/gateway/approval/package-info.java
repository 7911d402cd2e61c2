/**
 * Holds statements and learns of reviews: parked polls wait in {@link ReleaseSignals}, the database's notifications wake them, and
 * an approval becomes a {@link UsedGrant} exactly once. Knows no dialect.
 */
@NullMarked
package dev.snowgate.gateway.approval;

import org.jspecify.annotations.NullMarked;

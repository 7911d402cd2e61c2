/**
 * Limits per agent: {@link dev.snowgate.gateway.limits.AgentLimits} bounds how many exchanges of one agent are worked on at a time and
 * how many begin in a second; what is over is refused with OVERLOADED. Must not know dialects or the database.
 */
@NullMarked
package dev.snowgate.gateway.limits;

import org.jspecify.annotations.NullMarked;

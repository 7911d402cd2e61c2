/**
 * Value-level mask functions per Snowflake type. Pure: knows no result format and no policy.
 */
@NullMarked
package dev.snowgate.masking;

import org.jspecify.annotations.NullMarked;

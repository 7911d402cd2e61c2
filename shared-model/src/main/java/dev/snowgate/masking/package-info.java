/**
 * Value-level mask functions per Snowflake type, and content detection in texts. Main types: {@link dev.snowgate.masking.Masks},
 * {@link dev.snowgate.masking.Mask}, {@link dev.snowgate.masking.Detection}. Pure: knows no result format and no policy; JSON only
 * because the values of semi-structured columns are that.
 */
@NullMarked
package dev.snowgate.masking;

import org.jspecify.annotations.NullMarked;

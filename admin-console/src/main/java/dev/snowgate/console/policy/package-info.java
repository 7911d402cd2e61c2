/**
 * The policy in force and its versions: {@link PolicyService} reads them and tries a statement against one with the same
 * analysis and policy code as the gateway. Nothing here reaches Snowflake, and nothing here decides for real.
 */
@NullMarked
package dev.snowgate.console.policy;

import org.jspecify.annotations.NullMarked;

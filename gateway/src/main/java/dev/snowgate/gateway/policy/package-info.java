/**
 * The policy in force: {@link dev.snowgate.gateway.policy.CurrentPolicy} holds the compiled set of the published version and swaps it
 * when another is published. A version that does not compile never replaces a running one. Must not know statements, sessions or
 * HTTP.
 */
@NullMarked
package dev.snowgate.gateway.policy;

import org.jspecify.annotations.NullMarked;

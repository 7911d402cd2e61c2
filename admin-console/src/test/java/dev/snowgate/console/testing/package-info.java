/** A console with believable contents and a log-in without identity provider, for tests and for looking at it. */
@NullMarked
package dev.snowgate.console.testing;

import org.jspecify.annotations.NullMarked;

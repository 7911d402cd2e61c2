/**
 * Statements that wait for a person: {@link Inbox} shows them, {@link ReviewService} is the one class through which a
 * review is made, whichever door it came by, and {@link InboxWatch} tells open pages what changed. Must not know how an
 * approved statement runs.
 */
@NullMarked
package dev.snowgate.console.approval;

import org.jspecify.annotations.NullMarked;

/** The page Approvals: inbox, impact card and the bar of decisions. Layout and listeners only; {@link ApprovalNavigation} is its door. */
@NullMarked
package dev.snowgate.console.approval.ui;

import org.jspecify.annotations.NullMarked;

/** The page Policies: versions, files, and trying a statement. Layout and listeners only; {@link PolicyNavigation} is its door. */
@NullMarked
package dev.snowgate.console.policy.ui;

import org.jspecify.annotations.NullMarked;

/** The pages Sessions and replay. Layout and listeners only; {@link SessionNavigation} is their door. */
@NullMarked
package dev.snowgate.console.recording.ui;

import org.jspecify.annotations.NullMarked;

/**
 * The demo: an embedded PostgreSQL and the four programs as child processes, on this machine only. {@link dev.snowgate.demo.Launcher}
 * starts it, {@link dev.snowgate.demo.DemoCheck} runs a scripted agent through it. Knows the programs by their ports and settings, not
 * by their classes.
 */
@NullMarked
package dev.snowgate.demo;

import org.jspecify.annotations.NullMarked;

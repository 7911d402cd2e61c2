/**
 * What the gateway costs. {@link dev.snowgate.benchmarks.Ladder} asks the same statements of the emulator alone, through a plain
 * route and through the whole pipeline; figures go into the README of this module. Nothing here runs in the build.
 */
@NullMarked
package dev.snowgate.benchmarks;

import org.jspecify.annotations.NullMarked;

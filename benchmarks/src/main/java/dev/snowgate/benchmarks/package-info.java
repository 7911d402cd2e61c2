/**
 * What the gateway costs. {@link dev.snowgate.benchmarks.Ladder} asks the same statements of the emulator alone, through a plain
 * route and through the whole pipeline; {@link dev.snowgate.benchmarks.ResultMemory} watches the memory of a gateway's process and
 * {@link dev.snowgate.benchmarks.Fairness} its statements while large results pass. Figures go into the README of this module. Nothing here runs in the build.
 */
@NullMarked
package dev.snowgate.benchmarks;

import org.jspecify.annotations.NullMarked;

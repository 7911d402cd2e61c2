/**
 * Loads, validates, compiles and evaluates policies. Every answer carries its trail. Pure after loading: no clock, no HTTP, no parser classes.
 */
@NullMarked
package dev.snowgate.policy;

import org.jspecify.annotations.NullMarked;

/**
 * What both dialects share at the HTTP edge: bodies, JSON, faults on statements.
 *
 * <p>Main types: Http, Json. Must not know what a statement does.
 */
@NullMarked
package dev.snowgate.emulator.protocol;

import org.jspecify.annotations.NullMarked;

/**
 * An immutable snapshot of one account: objects, ordered columns, definitions, routines with their bodies, stages, and protection with its
 * source. Pure: no I/O.
 */
@NullMarked
package dev.snowgate.catalog;

import org.jspecify.annotations.NullMarked;
